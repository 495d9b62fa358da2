import { Icon } from '../icons.tsx';
import { iconOf } from './choices.ts';
import { hex, nameOf, useScene } from './scene.ts';

/** The names in a text: people, roles, channels, commands. */

export function UserMention({ id }: { id: string }) {
  const { world } = useScene();
  return <span class={`mention ${id === world.me.id ? 'mention-me' : ''}`}>@{nameOf(world, id)}</span>;
}

export function RoleMention({ id }: { id: string }) {
  const { world } = useScene();
  const role = world.roles.get(id);
  const style = role && role.color !== 0 ? { '--role': hex(role.color) } : undefined;
  return (
    <span class="mention" style={style}>
      @{(role?.name ?? 'deleted-role').replace(/^@/, '')}
    </span>
  );
}

export function ChannelMention({ id }: { id: string }) {
  const { world, onOpenChannel } = useScene();
  const channel = world.channels.get(id);
  if (!channel) return <span class="mention"># No access</span>;
  const icon = iconOf(channel.type);
  return (
    <button type="button" class="mention" onClick={() => onOpenChannel(id)}>
      {icon === 'hash' ? '#' : <Icon name={icon} size={16} />}
      {channel.name || nameOf(world, channel.with ?? '')}
    </button>
  );
}

/** Goes into the message box by a press, where the viewer may use it. */
export function CommandMention({ id, name }: { id: string; name: string }) {
  const { channel, onCommand } = useScene();
  if (!channel?.commands.includes(id)) return <span class="mention">/{name}</span>;
  return (
    <button type="button" class="mention" onClick={() => onCommand(id, `/${name}`)}>
      /{name}
    </button>
  );
}

const places: Record<string, string> = {
  customize: 'Channels & Roles',
  browse: 'Browse Channels',
  guide: 'Server Guide',
  'linked-roles': 'Linked Roles',
};

export function PlaceMention({ navigation }: { navigation: string }) {
  return <span class="mention">{places[navigation] ?? navigation}</span>;
}
