import { z } from 'zod';
import { by, customIds, snowflake } from '#panels/custom-ids';
import { isForum, type Place, placesOf } from '#panels/places';
import { chooseChannels, chooseSeveral, gap, plainly, row } from '#panels/ui';
import { meaningOf, type TagMeaning, tagMeanings } from '#settings/tags';
import { clip, filled, line } from '#words';
import { forums } from '../permissions.ts';
import { type Asked, panelState, section } from '../section.ts';

/** What the tags of forums say of those who use them. */

const meanings = z.enum(tagMeanings);
const meaning = z.strictObject({ called: line(80), choose: line(100), means: line(250) });

const ids = customIds('setup', {
  forum: by('channels', panelState),
  tag: by('choice', { says: meanings, forum: snowflake, ...panelState }),
});

const forumAt = ({ client, guildId }: Asked, id: string): Place | undefined => {
  const place = placesOf(client).get(id);
  return place && place.guildId === guildId && isForum(place) ? place : undefined;
};

/** Every tag of the server, by its id. */
function tagNames({ client, guildId }: Asked): ReadonlyMap<string, string> {
  const all = [...placesOf(client).values()].filter((place) => place.guildId === guildId);
  return new Map(all.flatMap(({ tags = [] }) => tags.map(({ id, name }) => [id, plainly(name)] as const)));
}

export default section({
  id: 'tags',
  order: 50,
  page: 'tags',
  words: z.strictObject({
    heading: line(80),
    hint: line(500),
    never: line(300),
    choose: line(100),
    of: filled(120, 'forum'),
    noTags: filled(200, 'forum'),
    meanings: z.record(meanings, meaning),
    unknown: line(40),
    gone: line(200),
  }),
  ids,
  uses: [],
  view({ asked, state, at, settings: { tags } }, { words }) {
    const forum = forumAt(asked, at);
    const known = forum?.tags ?? [];
    const named = { forum: `<#${at}>` };
    return [
      `### ${words.heading}\n${words.hint}`,
      words.never,
      row(chooseChannels(ids.to.forum(state), words.choose, forums, forum ? [at] : [], 1)),
      forum && gap(),
      forum && (known.length > 0 ? `**${words.of(named)}**` : words.noTags(named)),
      ...(known.length > 0 ? tagMeanings : []).flatMap((says) => {
        const { choose, means } = words.meanings[says];
        const options = known.map(({ id, name }) => ({
          label: clip(name, 100),
          value: id,
          default: meaningOf(tags, id) === says,
        }));
        return [means, row(chooseSeveral(ids.to.tag({ says, forum: at, ...state }), choose, options))];
      }),
    ];
  },
  tells: ({ asked, settings: { tags } }, { words }) => {
    // All places of all servers are looked through: only where there is something to name.
    const names = tagMeanings.some((says) => tags[says].length > 0) ? tagNames(asked) : new Map<string, string>();
    return tagMeanings.map((says) => ({
      name: words.meanings[says].called,
      value: tags[says].map((id) => names.get(id) ?? words.unknown),
    }));
  },
  on: {
    forum: (choice, state, { show }) => show(choice, state, { at: choice.values[0] ?? '' }),
    tag: (choice, { says, forum, ...state }, { words, change, show }) => {
      const chosen = forumAt(choice, forum);
      if (!chosen) return show(choice, state, { notice: `**${words.gone}**` });
      const ofForum = new Set((chosen.tags ?? []).map(({ id }) => id));
      const known = tagNames(choice);
      return change(
        choice,
        state,
        ({ tags }) => {
          // A tag says one thing, so it leaves the other lists; one that is gone leaves all of them.
          const without = (meaning: TagMeaning) =>
            tags[meaning].filter(
              (id) => known.has(id) && !choice.values.includes(id) && !(meaning === says && ofForum.has(id)),
            );
          const lists = { ideas: without('ideas'), heard: without('heard'), nothing: without('nothing') };
          return { tags: { ...lists, [says]: [...lists[says], ...choice.values.filter((id) => known.has(id))] } };
        },
        { at: forum },
      );
    },
  },
});
