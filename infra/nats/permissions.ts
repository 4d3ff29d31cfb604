/** Who may say what on the wire: the one source of the local server's and the cluster's permissions. */

const services = [
  'gateway',
  'content',
  'scheduling',
  'publishing',
  'listening',
  'analytics',
] as const
export type Service = (typeof services)[number]

/** Whom a service may ask. The questions form a graph without circles. */
const mayAsk: Record<Service, readonly Service[]> = {
  gateway: ['content', 'scheduling', 'publishing', 'listening', 'analytics'],
  content: ['scheduling', 'publishing'],
  scheduling: ['publishing'],
  publishing: [],
  listening: ['publishing'],
  analytics: ['publishing'],
}

export interface Permissions {
  readonly publish: readonly string[]
  readonly subscribe: readonly string[]
}

export function permissionsOf(service: Service): Permissions {
  return {
    publish: [
      // Its own events have four parts, questions to others three.
      `${service}.*.*.*`,
      ...mayAsk[service].map((asked) => `${asked}.*.*`),
      'wake.>',
      '$JS.API.>',
      '$JS.ACK.>',
    ],
    subscribe: [`${service}.*.*`, `wake.${service}.>`, `_INBOX_${service}.>`],
  }
}

/** The environment variable that a server's configuration takes a user's password from. */
export function passwordVariable(user: string): string {
  return `NATS_PASSWORD_${user.toUpperCase()}`
}

/** The authorization block of nats-server; an operator may see and say everything. */
export function authorizationConf(): string {
  return `# Written by infra/nats/permissions.ts. Passwords must begin with a letter: the server reads others as numbers.
authorization {
  users = [
    { user: operator, password: $${passwordVariable('operator')} }
${services.map(userConf).join('\n')}
  ]
}
`
}

function userConf(service: Service): string {
  const { publish, subscribe } = permissionsOf(service)
  return `    {
      user: ${service}, password: $${passwordVariable(service)}
      permissions: {
        publish: { allow: ${list(publish)} }
        subscribe: { allow: ${list(subscribe)} }
        # The answer to a question goes to whatever inbox the caller named.
        allow_responses: { max: 16, expires: "2m" }
      }
    }`
}

function list(subjects: readonly string[]): string {
  return `[${subjects.map((subject) => JSON.stringify(subject)).join(', ')}]`
}
