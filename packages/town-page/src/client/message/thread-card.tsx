import { useScene } from './scene.ts';

/** Below the message that a thread began with. */
export function ThreadCard({ thread, name }: { thread: string; name: string }) {
  const { world, onOpenChannel } = useScene();
  const known = world.channels.get(thread);
  const count = known?.thread?.messages ?? 0;
  return (
    <button type="button" class="thread-card" disabled={!known} onClick={() => onOpenChannel(thread)}>
      <b>{known?.name ?? name}</b>
      <span class="thread-count">
        {count} {count === 1 ? 'message' : 'messages'} <span aria-hidden="true">›</span>
      </span>
    </button>
  );
}
