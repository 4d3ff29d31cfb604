import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { readConfig, secretConfig } from './config.ts'

const schema = z.object({ A: z.string(), B: z.coerce.number(), C: z.string().default('c') })

describe('the configuration', () => {
  it('is read with its defaults', () => {
    expect(readConfig(schema, { A: 'a', B: '2' })).toEqual({ A: 'a', B: 2, C: 'c' })
  })

  it('names everything that is missing or wrong, at once', () => {
    expect(() => readConfig(schema, { B: 'two' })).toThrow(/A: .*\n.*B: /)
  })

  it('takes a secret from a file, as containers hand it over', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'a')
    writeFileSync(file, 'from the file\n')
    const env = { A_FILE: file, B: '1', UNRELATED_FILE: '/nowhere' }
    expect(readConfig(schema, env).A).toBe('from the file')
  })

  it('refuses a secret key that is too short', () => {
    expect(() => readConfig(secretConfig, { HAMAVA_SECRET_KEY: 'c2hvcnQ=' })).toThrow(/32 bytes/)
  })
})
