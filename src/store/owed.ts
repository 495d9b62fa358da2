import type { Member, Members } from '#store/members';
import type { Person } from '#store/person';

/**
 * What members took back and the database did not take. They are silenced at once, so it is as good as done: whoever
 * looks again sees it done, and it is tried again until it is.
 */
export type Owed = {
  members: Members;
  person: Person;
  /** Tries again what is owed. Never fails. */
  settle(): Promise<void>;
};

export function oweWhatFailed(members: Members, person: Person): Owed {
  type Debt = { pay: () => Promise<unknown>; seenAs: Partial<Member> };
  const owed = new Map<string, Debt>();
  const owe = async <T>(name: string, seenAs: Partial<Member>, pay: () => Promise<T>): Promise<T> => {
    owed.set(name, { pay, seenAs });
    const done = await pay();
    owed.delete(name);
    return done;
  };
  const here = (guild: string, user: string) => `${guild}/${user}`;
  const off = { notes: false };
  const nothing = { notes: false, postsLeftOut: false };

  return {
    members: {
      ...members,
      turnOff: (guild, user) => owe(here(guild, user), off, () => members.turnOff(guild, user)),
      forget: (guild, user) => owe(here(guild, user), nothing, () => members.forget(guild, user)),
      of: async (guild, user) => ({
        ...(await members.of(guild, user)),
        ...owed.get(user)?.seenAs,
        ...owed.get(here(guild, user))?.seenAs,
      }),
      async turnOn(guild, user) {
        // Before anything is waited for: what was taken back earlier must not come after this.
        const before = owed.get(here(guild, user));
        owed.delete(here(guild, user));
        await members.turnOn(guild, user).catch((error: unknown) => {
          if (before) owed.set(here(guild, user), before);
          throw error;
        });
      },
    },
    person: { ...person, forget: (user) => owe(user, nothing, () => person.forget(user)) },
    async settle() {
      for (const [name, debt] of [...owed])
        await debt.pay().then(
          () => owed.get(name) === debt && owed.delete(name),
          () => undefined,
        );
    },
  };
}
