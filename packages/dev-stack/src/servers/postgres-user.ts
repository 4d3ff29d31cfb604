import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStartError } from '../cannot-start.error.ts'

/** How to run a command as somebody PostgreSQL accepts: it refuses to run as root. */
export interface ServerUser {
  /** Goes in front of the command. */
  readonly prefix: readonly string[]
  readonly uid?: number
  /** Hands a folder over to that user. */
  readonly own: (folder: string) => void
}

const ourselves: ServerUser = { prefix: [], own: () => {} }

/**
 * Root puts the server in a user namespace, where root's files belong to an ordinary user: that works below folders
 * which only root may enter. Where namespaces are forbidden (many containers), it switches to the user nobody.
 */
export function serverUser(program: string, folder: string): ServerUser {
  if (process.getuid?.() !== 0) return ourselves
  const uid = ordinaryUid()
  const namespace = ['unshare', '-U', `--map-user=${uid}`, `--map-group=${uid}`]
  if (runs([...namespace, program, '--version'])) return { prefix: namespace, own: () => {} }
  mkdirSync(folder, { recursive: true })
  if (runs([program, '--version'], uid) && runs(['test', '-x', folder], uid)) {
    return { prefix: [], uid, own: (owned) => chownAll(owned, uid) }
  }
  throw new CannotStartError(
    `PostgreSQL does not run as root; user namespaces are not allowed here, and an ordinary user may not enter ${folder} or not run ${program}.`,
    'useradd -m hamava; chown -R hamava . ; su hamava -c "npm start" (in a folder that user may enter)',
  )
}

/** initdb looks its user up by name, so the uid must be one that the system knows. */
function ordinaryUid(): number {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid]) => ({ name, uid: Number(uid) }))
    .filter(({ uid }) => uid > 0)
  return (users.find(({ name }) => name === 'nobody') ?? users[0])?.uid ?? 65_534
}

function runs(command: readonly string[], uid?: number): boolean {
  const [program = '', ...args] = command
  try {
    execFileSync(program, args, { stdio: 'ignore', ...(uid === undefined ? {} : { uid }) })
    return true
  } catch {
    // The command is not allowed or not installed: the caller tries the next way.
    return false
  }
}

function chownAll(folder: string, uid: number): void {
  chownSync(folder, uid, -1)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chownSync(join(entry.parentPath, entry.name), uid, -1)
  }
}
