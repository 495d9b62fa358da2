/** What every part of a message may need: who looks, who is who, and where presses go. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Acts, Channel, Message, Pointed, World } from '../types.ts';

export type Scene = {
  world: World;
  acts: Acts;
  message: Message;
  /** Undefined when the viewer can no longer see it. */
  channel: Channel | undefined;
  /** The custom id that is waiting for its answer: nothing else of the message can be used meanwhile. */
  pending: string | undefined;
  /** Does something with a component of the message; what goes wrong is said below the message. */
  use(customId: string, act: () => Promise<void>): void;
  onOpenChannel(channel: string): void;
  /** Absent where there is no conversation around. */
  onJump?: (message: Pointed) => void;
  onCommand(command: string, text: string): void;
};

const Context = createContext<Scene | undefined>(undefined);

export const SceneProvider = Context.Provider;

export function useScene(): Scene {
  const scene = useContext(Context);
  if (!scene) throw new Error('Parts of a message are drawn inside of a message.');
  return scene;
}

export const nameOf = (world: World, id: string): string => world.people.get(id)?.name ?? 'unknown-user';

/** A person's colour: that of their highest role with one. */
export function colourOf(world: World, id: string): string | undefined {
  const roles = (world.people.get(id)?.roles ?? []).flatMap((role) => world.roles.get(role) ?? []);
  const top = roles.filter((role) => role.color !== 0).sort((one, other) => other.position - one.position)[0];
  return top && hex(top.color);
}

export const hex = (colour: number): string => `#${colour.toString(16).padStart(6, '0')}`;
