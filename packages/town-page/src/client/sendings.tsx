/** Commands on their way to the application, and those that it did not answer. Only who sent one sees it. */
import { Avatar } from './avatar.tsx';
import type { Part } from './go.ts';
import type { Channel } from './types.ts';

export function Sendings({ state, go, channel }: Part & { channel: Channel }) {
  const { world } = state;
  const bot = world.people.get(world.bot);
  const mine = state.sending.filter((one) => one.channel === channel.id && one.person === world.me.id);
  if (!bot) return null;
  return (
    <div role="status">
      {mine.map(({ n, what, failure }) => (
        <div key={n} class="sending">
          <Avatar person={bot} />
          <div>
            <p>
              <b>{bot.name}</b> <span class="tag">app</span> <span class="muted">{what}</span>
            </p>
            {failure === undefined ? (
              <p class="muted">Sending command …</p>
            ) : (
              <p>
                <span class="failure">{failure}</span>{' '}
                <span class="muted">
                  Only you can see this ·{' '}
                  <button type="button" class="link" onClick={() => go.change({ t: 'sent', n })}>
                    Dismiss message
                  </button>
                </span>
              </p>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}
