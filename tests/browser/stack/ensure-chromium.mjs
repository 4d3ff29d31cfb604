import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where Chromium is; installs the distribution's where that is possible, and else says what to do. */
export function ensureChromium() {
  const known = [process.env.HAMAVA_CHROMIUM, ...usual].find((path) => path && existsSync(path))
  if (known) return known
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium (apt-get install chromium) …')
    const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    execFileSync('apt-get', ['update'], options)
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options)
    return '/usr/bin/chromium'
  }
  throw new Error(
    'The browser tests need Chromium: sudo apt-get install chromium, or name one in HAMAVA_CHROMIUM',
  )
}
