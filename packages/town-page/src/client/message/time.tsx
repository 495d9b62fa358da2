import { useEffect, useState } from 'preact/hooks';
import { styled, whole } from '../moment.ts';
import { useScene } from './scene.ts';

/** The present, as often as somebody who looks on needs it. */
export function useNow(every: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (every === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** `<t:…>` in a text. */
export function Timestamp({ seconds, format = 'f' }: { seconds: number; format?: string | undefined }) {
  const { locale } = useScene().world.me;
  const ms = seconds * 1000;
  const near = Math.abs(Date.now() - ms) < 3_600_000;
  const now = useNow(format === 'R' ? (near ? 1_000 : 60_000) : undefined);
  const isValid = Number.isFinite(new Date(ms).getTime());
  return (
    <time class="md-time" title={whole(ms, locale)} {...(isValid && { dateTime: new Date(ms).toISOString() })}>
      {styled(ms, format, now, locale)}
    </time>
  );
}
