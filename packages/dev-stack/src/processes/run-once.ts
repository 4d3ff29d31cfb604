import { spawn } from 'node:child_process'
import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

export interface OneOff {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
  readonly signal?: AbortSignal | undefined
}

/** Runs a command that ends by itself; its output also goes to its log. Answers what it printed, or throws with it. */
export function runOnce(what: string, oneOff: OneOff): Promise<string> {
  mkdirSync(dirname(oneOff.logFile), { recursive: true })
  return new Promise((resolve, reject) => {
    const child = spawn(oneOff.command, oneOff.args, {
      cwd: oneOff.cwd,
      env: oneOff.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(oneOff.signal ? { signal: oneOff.signal } : {}),
    })
    const printed: string[] = []
    const said: string[] = []
    child.stdout.setEncoding('utf8').on('data', (text: string) => printed.push(text))
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said.push(text)
        appendFileSync(oneOff.logFile, text)
      })
    }
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve(printed.join(''))
      const lastWords = said.join('').trimEnd().split('\n').slice(-25).join('\n')
      reject(new Error(`${what} failed:\n${lastWords}\n(the whole log: ${oneOff.logFile})`))
    })
  })
}
