/** Drawn signs. Decoration: whatever carries one has a name of its own. */

const paths = {
  hash: 'M9 3 7 21M17 3l-2 18M4 8.500h17M3 15.500h17',
  forum: 'M4 5h12v9H9l-4 3.500V14H4zM19 9h1.500v10.500L17 17h-7',
  thread: 'M7 4v9a4 4 0 0 0 4 4h8M15.500 13.500 19 17l-3.500 3.500',
  at: 'M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zm0 0v1.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-3.600 7.200',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500a6.500 6.500 0 0 1 3.500 5.500',
  list: 'M4 6h16M4 12h16M4 18h16',
  talk: 'M4 5h16v11h-9l-4.500 4V16H4z',
  lamp: 'M9 18h6M10 21h4M12 3a6 6 0 0 1 3.500 10.900V15h-7v-1.100A6 6 0 0 1 12 3z',
  close: 'M5 5l14 14M19 5 5 19',
  plus: 'M12 4v16M4 12h16',
  check: 'M4 12.500 9.500 18 20 6.500',
  caret: 'M6 9l6 6 6-6',
  back: 'M19 12H5M11 6l-6 6 6 6',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
