/** When something was said or decided: written the same everywhere on the page, and in full in its title. */
import { said, whole } from './moment.ts';

type Props = { at: number; locale: string; class?: string };

export const When = ({ at, locale, class: look = 'muted' }: Props) => (
  <time class={look} dateTime={new Date(at).toISOString()} title={whole(at, locale)}>
    {said(at, Date.now(), locale)}
  </time>
);
