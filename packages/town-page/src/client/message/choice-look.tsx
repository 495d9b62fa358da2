import { Avatar } from '../avatar.tsx';
import { Icon } from '../icons.tsx';
import type { Choice } from './choices.ts';

/** One thing that can be chosen: its picture, emoji or sign, and its name. */
export function ChoiceLook({ choice, size }: { choice: Choice; size: number }) {
  return (
    <>
      {choice.person && <Avatar person={choice.person} size={size} />}
      {choice.icon && (
        <span class="choice-sign">
          <Icon name={choice.icon} size={18} />
        </span>
      )}
      {choice.sign && (
        <span class="choice-sign" aria-hidden="true">
          {choice.sign}
        </span>
      )}
      <span class="choice-label">{choice.label}</span>
    </>
  );
}
