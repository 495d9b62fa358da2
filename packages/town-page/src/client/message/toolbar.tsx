import type { ComponentChildren } from 'preact';
import { offers } from './about.ts';
import { FaceSign } from './reactions.tsx';
import { useScene } from './scene.ts';

type Props = {
  onReact(x: number, y: number): void;
  onReply(): void;
  onEdit(): void;
  onMore(x: number, y: number): void;
};

/** What can be done with the message that one points at or has the focus on. */
export function Toolbar({ onReact, onReply, onEdit, onMore }: Props) {
  const { world, channel, message } = useScene();
  const may = offers(world, channel, message);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields
    <div class="toolbar" role="group" aria-label="Message actions">
      {may.react && (
        <Tool name="Add reaction" onPress={onReact}>
          <FaceSign />
        </Tool>
      )}
      {may.edit ? (
        <Tool name="Edit" onPress={onEdit}>
          <Sign path="M4 20l1-4.500L16.500 4l3.500 3.500L8.500 19zM14 6.500l3.500 3.500" />
        </Tool>
      ) : (
        may.reply && (
          <Tool name="Reply" onPress={onReply}>
            <Sign path="M10 6L4 11.500l6 5.500M4 11.500h9a7 7 0 0 1 7 7" />
          </Tool>
        )
      )}
      <Tool name="More" onPress={onMore}>
        <Sign path="M5 12h.01M12 12h.01M19 12h.01" width={3.2} />
      </Tool>
    </div>
  );
}

type ToolProps = { name: string; children: ComponentChildren; onPress(x: number, y: number): void };

function Tool({ name, children, onPress }: ToolProps) {
  return (
    <button
      type="button"
      class="tool"
      aria-label={name}
      title={name}
      onClick={(event) => {
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        onPress(left, bottom + 4);
      }}
    >
      {children}
    </button>
  );
}

const Sign = ({ path, width = 2 }: { path: string; width?: number }) => (
  <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
    <path
      d={path}
      fill="none"
      stroke="currentColor"
      stroke-width={width}
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);
