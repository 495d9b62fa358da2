import type { Person } from './types.ts';

/** Ground colours that white letters can be read on. */
const grounds = ['#3f6f8f', '#7a4fa3', '#9a5028', '#2e7457', '#a33f62', '#5b5fb8', '#6b6a2c', '#46707a'];

/** Which colour somebody always has: from the name, so that it is the same in every town. */
export function groundOf(name: string): string {
  let sum = 5381;
  for (const letter of name) sum = (sum * 33 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return grounds[sum % grounds.length] ?? '#5b5fb8';
}

/** A person's picture: their initial on a colour of their own. Decoration, because the name always stands beside it. */
export function Avatar({ person, size = 40 }: { person: Pick<Person, 'name' | 'bot'>; size?: number }) {
  return (
    <svg class="avatar" width={size} height={size} viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <circle cx="20" cy="20" r="20" fill={person.bot ? '#4650c4' : groundOf(person.name)} />
      <text x="20" y="26.5" text-anchor="middle" fill="#fff" font-size="18" font-weight="600">
        {[...person.name][0]?.toUpperCase() ?? '?'}
      </text>
    </svg>
  );
}
