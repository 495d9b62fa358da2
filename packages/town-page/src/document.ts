/** The page's bare document and its icon: a lamp at a harbour, drawn here. */

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export const document = (title: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="dark light">
<title>${escaped(title)}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
</head>
<body>
<noscript>This page needs JavaScript. It runs on your computer only.</noscript>
</body>
</html>
`;

export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#5059d1"/><path d="M16 6a7 7 0 0 1 4 12.7V21h-8v-2.300A7 7 0 0 1 16 6z" fill="#fff3cf"/><path d="M12.500 23h7v1.500a2 2 0 0 1-2 2h-3a2 2 0 0 1-2-2z" fill="#fff"/></svg>`;
