import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
const suites = { '2.10': 'trixie', '2.9': 'bookworm' } as const

/**
 * Gets Debian's package of nats-server with apt folders of our own, so that neither root nor a change to the system
 * is needed. Answers the path of the unpacked program.
 */
export async function unpackNatsFromDebian(
  line: keyof typeof suites,
  workFolder: string,
): Promise<string> {
  const env = {
    ...process.env,
    LC_ALL: 'C',
    APT_CONFIG: await writeAptConfig(workFolder, suites[line]),
  }
  const options = { cwd: workFolder, env, timeout: 120_000 }
  await explain(run('apt-get', ['update', '-qq'], options))
  await explain(run('apt-get', ['download', '-qq', 'nats-server'], options))
  const deb = readdirSync(workFolder).find((file) => file.endsWith('.deb'))
  if (!deb) throw new Error('apt-get download brought no package')
  await explain(run('dpkg-deb', ['-x', deb, 'unpacked'], options))
  const program = ['usr/sbin', 'usr/bin']
    .map((folder) => join(workFolder, 'unpacked', folder, 'nats-server'))
    .find((path) => existsSync(path))
  if (!program) throw new Error(`${deb} holds no nats-server`)
  return program
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

/** Our own folders hide the machine's settings, so the ways out of a closed network are carried over. */
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

/** A failed command's own words say more than its exit code. */
async function explain<T>(command: Promise<T>): Promise<T> {
  try {
    return await command
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string }
    const said = stderr?.split('\n').find((line) => line.startsWith('E:')) ?? message.split('\n')[0]
    throw new Error(said, { cause })
  }
}
