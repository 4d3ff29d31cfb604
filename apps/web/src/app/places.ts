/** Where one can go: by name, and by `G` and the letter. */
export const places = [
  { to: '/compose', word: 'compose', key: 'KeyC', needs: 'posts:write' },
  { to: '/calendar', word: 'calendar', key: 'KeyL', needs: 'publications:read' },
  { to: '/approvals', word: 'approvals', key: 'KeyA', needs: 'posts:read' },
  { to: '/attention', word: 'attention', key: 'KeyN', needs: 'publications:read' },
  { to: '/conversations', word: 'conversations', key: 'KeyI', needs: 'inbox:read' },
  { to: '/channels', word: 'channels', key: 'KeyH', needs: 'channels:read' },
  { to: '/settings', word: 'settings', key: 'KeyS', needs: 'workspace:read' },
] as const

/** What is pressed to go there. */
export const keysOf = ({ word, key }: Pick<(typeof places)[number], 'word' | 'key'>): string[] =>
  word === 'compose' ? ['C'] : ['G', key.slice(3)]
