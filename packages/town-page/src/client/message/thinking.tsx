import { authorOf, thinksUntil } from './about.ts';
import { Dots } from './choose.tsx';
import { useScene } from './scene.ts';
import { useNow } from './time.tsx';

/** A deferred answer, until it comes or its time is over. */
export function Thinking() {
  const { world, message } = useScene();
  const now = useNow(1_000);
  if (now >= thinksUntil(message)) return <p class="failed">The application did not respond</p>;
  return (
    <p class="thinking">
      <Dots /> {authorOf(world, message).name} is thinking…
    </p>
  );
}
