/** "Act as": whose eyes and hands the visitor has; with how many new messages wait for each. */
import { useId } from 'preact/hooks';
import { Avatar } from './avatar.tsx';
import type { Part } from './go.ts';
import { mailFor } from './state.ts';

export function ActAs({ state, go }: Part) {
  const group = useId();
  const { me } = state.world;
  return (
    <section class="act-as-place" aria-label="Who you are">
      <fieldset class="act-as">
        <legend>Act as</legend>
        {state.host.cast.map(({ id, name, part }) => {
          const mail = id === me.id ? 0 : mailFor(state, id);
          const title =
            mail > 0 ? `${name} has ${mail === 1 ? 'a new direct message' : `${mail} new direct messages`}` : part;
          return (
            <label key={id} class={`actor${id === state.me ? ' chosen' : ''}`} title={title}>
              <input
                type="radio"
                class="sr-only"
                name={group}
                checked={id === state.me}
                onChange={() => go.as(id)}
                aria-describedby={`${group}-${id}`}
              />
              <span class="actor-face">
                <Avatar person={{ name, bot: false }} size={36} />
                {mail > 0 && (
                  <span class="badge" aria-hidden="true">
                    {mail}
                  </span>
                )}
              </span>
              <span class="actor-name">{name}</span>
              <span class="actor-part">{part}</span>
              <span class="sr-only" id={`${group}-${id}`}>
                {mail > 0 ? title : ''}
              </span>
            </label>
          );
        })}
      </fieldset>
    </section>
  );
}
