/** The right side: who is here, by role. */
import { Avatar } from './avatar.tsx';
import type { Part } from './go.ts';
import type { Person } from './types.ts';

export function Members({ state, acts, go, open }: Part & { open: boolean }) {
  const { world } = state;
  const guild = world.guilds[0];
  const people = (guild?.members ?? [])
    .flatMap((id) => world.people.get(id) ?? [])
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const groups: [string, Person[]][] = [
    ['Moderators', people.filter((one) => !one.bot && one.roles.length > 0)],
    ['Members', people.filter((one) => !one.bot && one.roles.length === 0)],
    ['Apps', people.filter((one) => one.bot)],
  ];
  return (
    <section class={`members${open ? '' : ' shut'}`} aria-label="Members" tabIndex={-1}>
      {groups.map(([name, list]) =>
        list.length === 0 ? null : (
          <section key={name}>
            <h2 class="group">
              {name} — {list.length}
            </h2>
            <ul>
              {list.map((person) => (
                <li key={person.id}>
                  <Member
                    person={person}
                    isMe={person.id === world.me.id}
                    onWrite={() => void acts.opensDmWith(person.id)}
                  />
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
      <section class="my-dms">
        <h2 class="group">{world.me.name}’s privacy</h2>
        <label class="switch">
          <input
            type="checkbox"
            checked={world.me.dmsOpen}
            onChange={() => void (world.me.dmsOpen ? acts.closesDms() : acts.opensDms())}
          />
          Allow direct messages from this server
        </label>
        <button type="button" class="sr-only" tabIndex={-1} onClick={() => go.change({ t: 'pane', pane: 'talk' })}>
          Back to the conversation
        </button>
      </section>
    </section>
  );
}

function Member({ person, isMe, onWrite }: { person: Person; isMe: boolean; onWrite(): void }) {
  const face = (
    <>
      <Avatar person={person} size={32} />
      <span class="member-name">{person.name}</span>
      {person.bot && <span class="tag">app</span>}
    </>
  );
  if (isMe)
    return (
      <div class="member">
        {face}
        <span class="member-note">you</span>
      </div>
    );
  return (
    <button type="button" class="member" onClick={onWrite} title={`Message ${person.name}`}>
      {face}
      <span class="sr-only">: write a direct message</span>
    </button>
  );
}
