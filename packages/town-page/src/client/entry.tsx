/** One entry of the panel: what was decided and why, the words that showed it, and the reading as bars. */
import type { PanelEntry } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import type { Part } from './go.ts';
import { marked } from './marked.ts';
import { titleOf } from './names.ts';
import { When } from './when.tsx';

export function EntryView({ state, go, entry }: Pick<Part, 'state' | 'go'> & { entry: PanelEntry }) {
  const { world } = state;
  const who = world.people.get(entry.who ?? '');
  const channel = world.channels.get(entry.channel ?? '');
  const { message, answers } = entry;
  const jump = (to: string, message?: string) => {
    go.to(to);
    if (message !== undefined) go.change({ t: 'mark', message });
  };
  return (
    <article class={`entry ${entry.tone}`}>
      <p class="entry-head">
        {who && (
          <>
            <Avatar person={who} size={20} /> <b>{who.name}</b>
          </>
        )}
        {channel && (
          <span class="muted">
            in{' '}
            <button type="button" class="link" onClick={() => jump(channel.id, message)}>
              {titleOf(world, channel)}
            </button>
          </span>
        )}
        <When at={entry.at} locale={world.me.locale} />
      </p>
      <details class="fold" open>
        <summary class="verdict">{entry.headline}</summary>
        {answers && (
          <p class="muted entry-answers">
            {answers.lead}{' '}
            {world.channels.has(answers.channel) ? (
              <button type="button" class="link" onClick={() => jump(answers.channel, answers.message)}>
                {answers.words}
              </button>
            ) : (
              answers.words
            )}
          </p>
        )}
        <EntryBody entry={entry} />
      </details>
    </article>
  );
}

/** The words that it is about, why it was decided so, and the reading. */
export function EntryBody({ entry }: { entry: PanelEntry }) {
  const { text, marks = [], bars = [] } = entry;
  return (
    <>
      {text !== undefined && (
        <blockquote class="entry-text">
          {marked(text, marks).map(({ from, words, mark }) =>
            mark ? (
              <mark key={from} title={mark.label} class={mark.strength >= 0.5 ? 'strong' : 'faint'}>
                {words}
                <span class="sr-only"> ({mark.label})</span>
              </mark>
            ) : (
              words
            ),
          )}
        </blockquote>
      )}
      <p class="reason">{entry.reason}</p>
      {bars.length > 0 && (
        <ul class="bars" aria-label="The reading">
          {bars.map(({ label, value }) => (
            <li key={label}>
              <span>{label}</span>
              <meter min={0} max={1} value={value} aria-label={label} />
              <span class="percent">{Math.round(value * 100)}%</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
