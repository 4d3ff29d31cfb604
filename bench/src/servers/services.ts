/** The services in the order of the house; each has a schema of its own. */
export const services = [
  'content',
  'scheduling',
  'publishing',
  'listening',
  'analytics',
  'gateway',
] as const
