/** The left side: the community's channels with their threads, direct messages, and whom one acts as. */
import { ActAs } from './actas.tsx';
import { Avatar } from './avatar.tsx';
import type { Part, Ready } from './go.ts';
import { signOf } from './header.tsx';
import { Icon } from './icons.tsx';
import { isCategory, isDm, isForum, nameOf, threadsOf } from './names.ts';
import { unreadIn } from './state.ts';
import type { Channel, Guild, World } from './types.ts';

/** A forum shows its newest posts here; all of them when it is opened. */
const mostPosts = 3;

export function Channels(part: Part) {
  const { state } = part;
  const { world } = state;
  const dms = [...world.channels.values()]
    .filter(isDm)
    .sort((a, b) => (a.with === world.bot ? -1 : b.with === world.bot ? 1 : 0));
  return (
    <div class="side">
      <nav class="channels" aria-label="Channels" tabIndex={-1}>
        {world.guilds.map((guild) => (
          <GuildChannels key={guild.id} {...part} guild={guild} />
        ))}
        <h2 class="group" id="dms">
          Direct messages
        </h2>
        <ul aria-labelledby="dms">
          {dms.map((channel) => (
            <Entry key={channel.id} {...part} channel={channel} />
          ))}
        </ul>
      </nav>
      <ActAs {...part} />
    </div>
  );
}

function GuildChannels({ guild, ...part }: Part & { guild: Guild }) {
  const { world } = part.state;
  const inGuild = topOf(world, guild.id);
  const loose = inGuild.filter((channel) => channel.parent === null && !isCategory(channel));
  const categories = inGuild.filter(isCategory);
  return (
    <>
      <h2 class="guild">{guild.name}</h2>
      <ul aria-label={`Channels of ${guild.name}`}>
        {loose.map((channel) => (
          <WithThreads key={channel.id} {...part} channel={channel} />
        ))}
      </ul>
      {categories.map((category) => (
        <section key={category.id} aria-labelledby={`category-${category.id}`}>
          <h3 class="group" id={`category-${category.id}`}>
            {category.name}
          </h3>
          <ul>
            {inGuild
              .filter(({ parent }) => parent === category.id)
              .map((channel) => (
                <WithThreads key={channel.id} {...part} channel={channel} />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

const topOf = (world: World, guild: string): Channel[] =>
  [...world.channels.values()]
    .filter((channel) => channel.guild === guild && !channel.thread)
    .sort((a, b) => a.position - b.position);

function WithThreads({ channel, ...part }: Part & { channel: Channel }) {
  const { state } = part;
  const open = state.places[state.world.me.id];
  const all = threadsOf(state.world, channel.id);
  const threads = isForum(channel) ? all.filter(({ id }, at) => at < mostPosts || id === open) : all;
  return (
    <Entry {...part} channel={channel}>
      {threads.length > 0 && (
        <ul class="threads" aria-label={`${isForum(channel) ? 'Posts' : 'Threads'} in ${channel.name}`}>
          {threads.map((thread) => (
            <Entry key={thread.id} {...part} channel={thread} />
          ))}
        </ul>
      )}
    </Entry>
  );
}

type EntryProps = Part & { channel: Channel; children?: preact.ComponentChildren };

function Entry({ state, go, channel, children }: EntryProps) {
  const { world } = state;
  const isOpen = state.places[world.me.id] === channel.id;
  const unread = isOpen ? 0 : unreadIn(state, channel.id);
  const counts = isDm(channel) && unread > 0;
  return (
    <li>
      <button
        type="button"
        class={`channel${unread > 0 ? ' unread' : ''}`}
        aria-current={isOpen ? 'page' : undefined}
        onClick={() => go.to(channel.id)}
      >
        {isDm(channel) ? (
          <Avatar person={personOf(state, channel)} size={28} />
        ) : (
          <Icon name={signOf(channel)} size={channel.thread ? 16 : 20} />
        )}
        <span class="channel-name">{nameOf(world, channel)}</span>
        {isDm(channel) && channel.with === world.bot && <span class="tag">app</span>}
        {counts && (
          <span class="badge">
            {unread}
            <span class="sr-only"> new</span>
          </span>
        )}
        {!counts && unread > 0 && <span class="sr-only">unread</span>}
      </button>
      {children}
    </li>
  );
}

const personOf = ({ world }: Ready, channel: Channel) =>
  world.people.get(channel.with ?? '') ?? { name: '?', bot: false };
