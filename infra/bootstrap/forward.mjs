import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { at, root } from './root.mjs'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a command in our place: with our terminal, passing signals on, answering its exit code. The channel tells the
 * command when we are gone, however that happened.
 */
export function forward(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: options.channel ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    env: {
      ...process.env,
      PATH: `${at('node_modules/.bin')}${delimiter}${process.env.PATH}`,
      ...options.env,
    },
  })
  // A terminal's Ctrl-C reaches the child by itself; a second signal does no harm.
  const pass = (signal) => child.kill(signal)
  for (const signal of passedOn) process.on(signal, pass)
  const orphaned = options.channel && endWhenOrphaned(() => child.kill('SIGTERM'))
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${command} could not be run: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (code, signal) => {
      for (const name of passedOn) process.off(name, pass)
      clearInterval(orphaned)
      resolve(signal ? 1 : code)
    })
  })
}

/** When npm is killed, nobody is left to read what we print or to stop us. */
function endWhenOrphaned(end) {
  const { env } = process
  if (!env.npm_lifecycle_event) return undefined
  const begunUnder = ancestors()
  return setInterval(() => ancestors() !== begunUnder && end(), 500).unref()
}

/** Our parent and its parent: npm, with mostly a shell in between. */
function ancestors() {
  const { ppid } = process
  try {
    const stat = readFileSync(`/proc/${ppid}/stat`, 'utf8')
    return `${ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    // No /proc on this system, or the parent has just ended.
    return `${ppid}`
  }
}
