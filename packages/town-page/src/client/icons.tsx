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
  send: 'M4 12 20 4.500 16 20l-4-6.500zM12 13.500 20 4.500',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 14.500a5 5 0 0 0 8 0M9 9.500v.100M15 9.500v.100',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  upload: 'M12 16V4M7 9l5-5 5 5M4 15v5h16v-5',
  reply: 'M10 6 4 12l6 6M4.500 12H14a6 6 0 0 1 6 6v1',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM13.500 7.500l3 3',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5',
  forward: 'M14 6l6 6-6 6M19.500 12H10a6 6 0 0 0-6 6v1',
  copy: 'M8 8h11v12H8zM5 16V4h11',
  apps: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM17 14v6M14 17h6',
  next: 'M9 6l6 6-6 6',
  away: 'M14 4h6v6M20 4l-9 9M10 5H6a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-4',
  come: 'M4 12h15M13 6l6 6-6 6',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  react: 'M20.500 10.500A9 9 0 1 1 13 3.200M8 14.500a5 5 0 0 0 8 0M9 9.500v.5M15 9.500v.5M19 2.500v6M16 5.500h6',
  silent: 'M6 17V11a6 6 0 0 1 9.500-4.900M18 11v6M4 17h16M10 20.500h4M4 4l16 16',
  hide: 'M4 4l16 16M9.500 6a9 9 0 0 1 11 6 10 10 0 0 1-2 3M6.500 8A10 10 0 0 0 3.500 12a9 9 0 0 0 11 5.500',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20, width = 2 }: { name: IconName; size?: number; width?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        stroke-width={width}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
