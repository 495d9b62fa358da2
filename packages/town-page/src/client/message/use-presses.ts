import { useState } from 'preact/hooks';

/** One press at a time: which component waits for its answer, and what went wrong last. */
export function usePresses() {
  const [pending, setPending] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const use = (customId: string, act: () => Promise<void>): void => {
    setPending(customId);
    setFailure(undefined);
    act()
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : 'This interaction failed'))
      .finally(() => setPending(undefined));
  };
  return { pending, failure, use };
}
