/** A new town for every test of a file. */
import { afterEach, beforeEach } from 'vitest';
import { openTown, type Town, type TownOptions } from '#town';

export let town: Town;

export function useTown(options: () => TownOptions = () => ({})): void {
  beforeEach(async () => {
    town = await openTown(options());
  });
  afterEach(() => town.close());
}
