import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { eventually } from '@hamava/service-kit/testing'
import { describe, expect, it } from '@jest/globals'
import { api, dev } from './stack/api.ts'

const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8')
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')

/** A folder as it is beside a running system. */
function besideTheStack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hamava-readme-'))
  mkdirSync(join(folder, '.hamava'))
  writeFileSync(join(folder, '.hamava/dev.json'), JSON.stringify(dev))
  return folder
}

describe('the README', () => {
  it('publishes the first post with its own commands, and shows the evidence', async () => {
    expect(blocks).toHaveLength(2)
    const cwd = besideTheStack()
    const run = (script: string) =>
      execFileSync('bash', ['-euo', 'pipefail', '-c', script], { cwd, encoding: 'utf8' })

    const made = JSON.parse(run(blocks[0] ?? '')) as { id: string; text: string }
    await eventually('the post is published', async () => {
      const { body } = await api<{ progress: string }>('GET', `/v1/posts/${made.id}`)
      return body.progress === 'published'
    })

    // The second block goes on in the same shell as the first: its variables come from there.
    const variables = (blocks[0] ?? '').split('\n').slice(0, 2).join('\n')
    const shown = run(`${variables}\n${blocks[1]}`)
    expect(shown).toContain('"state":"published"')
    expect(shown).toContain('"latenessMs":')
    expect(shown).toContain(made.text)
  })
})
