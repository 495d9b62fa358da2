import { Icon, type IconName } from '../icons.tsx';
import { offers } from './about.ts';
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
      {may.react && <Tool name="Add reaction" icon="react" onPress={onReact} />}
      {may.edit ? (
        <Tool name="Edit" icon="edit" onPress={onEdit} />
      ) : (
        may.reply && <Tool name="Reply" icon="reply" onPress={onReply} />
      )}
      <Tool name="More" icon="more" onPress={onMore} />
    </div>
  );
}

type ToolProps = { name: string; icon: IconName; onPress(x: number, y: number): void };

function Tool({ name, icon, onPress }: ToolProps) {
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
      <Icon name={icon} width={icon === 'more' ? 3.2 : 2} />
    </button>
  );
}
