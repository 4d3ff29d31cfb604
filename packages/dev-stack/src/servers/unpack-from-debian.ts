import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

export interface DebianProgram {
  readonly suite: 'bookworm' | 'trixie'
  /** The packages to unpack into one folder: the program's, and those of libraries that not every system has. */
  readonly packages: readonly string[]
  readonly program: string
}

/** Where the parts of unpacked packages are. */
export interface Unpacked {
  readonly program: string
  readonly folder: string
}

/**
 * Gets packages of Debian with apt folders of our own, so that neither root nor a change to the system is needed, and
 * unpacks them below the work folder.
 */
export async function unpackFromDebian(
  { suite, packages, program: name }: DebianProgram,
  workFolder: string,
): Promise<Unpacked> {
  const env = { ...process.env, LC_ALL: 'C', APT_CONFIG: await writeAptConfig(workFolder, suite) }
  const options = { cwd: workFolder, env, timeout: 120_000 }
  await explain(run('apt-get', ['update', '-qq'], options))
  await explain(run('apt-get', ['download', '-qq', ...packages], options))
  const debs = readdirSync(workFolder).filter((file) => file.endsWith('.deb'))
  if (debs.length < packages.length)
    throw new Error(`apt-get download brought ${debs.length} packages`)
  const folder = join(workFolder, 'unpacked')
  for (const deb of debs) await explain(run('dpkg-deb', ['-x', deb, folder], options))
  const program = ['usr/sbin', 'usr/bin']
    .map((bin) => join(folder, bin, name))
    .find((path) => existsSync(path))
  if (!program) throw new Error(`${packages.join(', ')} hold no ${name}`)
  return { program, folder }
}

async function writeAptConfig(workFolder: string, suite: string): Promise<string> {
  const folders = [
    'state/lists/partial',
    'cache/archives/partial',
    'etc/sources.list.d',
    'etc/apt.conf.d',
    'etc/preferences.d',
  ]
  for (const folder of folders) mkdirSync(join(workFolder, folder), { recursive: true })
  // Other Debian-like systems carry no Debian keys; apt then refuses, and the message says how to install the server.
  const trust = existsSync(keyring) ? `[signed-by=${keyring}] ` : ''
  writeFileSync(
    join(workFolder, 'etc/sources.list'),
    `deb ${trust}${debianMirror()} ${suite} main\n`,
  )
  const config = join(workFolder, 'apt.conf')
  const lines = [
    ...(await proxySettings()),
    `Dir::Etc "${join(workFolder, 'etc')}";`,
    `Dir::State "${join(workFolder, 'state')}";`,
    `Dir::Cache "${join(workFolder, 'cache')}";`,
    'Acquire::Languages "none";',
    // As root, apt would otherwise read our folders as its own user _apt.
    'APT::Sandbox::User "root";',
  ]
  writeFileSync(config, `${lines.join('\n')}\n`)
  return config
}

/** Our own apt folders hide the machine's settings, so its proxy settings are copied. */
async function proxySettings(): Promise<string[]> {
  const { stdout } = await run('apt-config', ['dump'])
  return stdout.split('\n').filter((line) => /^Acquire::https?:.* "[^"]/i.test(line))
}

/** The mirror that this machine already uses for Debian, else Debian's own. */
function debianMirror(): string {
  const folder = '/etc/apt/sources.list.d'
  const files = ['/etc/apt/sources.list']
  if (existsSync(folder)) files.push(...readdirSync(folder).map((file) => join(folder, file)))
  for (const file of files.filter((path) => existsSync(path))) {
    const uri = /^(?:deb\s|URIs:).*?(https?:\/\/\S+\/debian)\/?(?:\s|$)/m.exec(
      readFileSync(file, 'utf8'),
    )
    if (uri?.[1]) return uri[1]
  }
  return 'http://deb.debian.org/debian'
}

/** Throws with a failed command's own error message, which says more than its exit code. */
async function explain<T>(command: Promise<T>): Promise<T> {
  try {
    return await command
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string }
    const said = stderr?.split('\n').find((line) => line.startsWith('E:')) ?? message.split('\n')[0]
    throw new Error(said, { cause })
  }
}
