import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { finishReplacing, removeDraft, replaceFolder } from './replace-data-folder.ts'

describe('a data folder that is replaced by its copy', () => {
  let parent: string
  const at = (name: string) => join(parent, name)
  const make = (...names: string[]) => {
    for (const name of names) mkdirSync(at(name))
  }
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'replace-'))
  })
  afterEach(() => rmSync(parent, { recursive: true }))

  it('is kept under a name with the date', () => {
    make('postgres', 'postgres.new')
    const kept = replaceFolder(at('postgres'), new Date('2026-11-28T10:00:00Z'))
    expect(kept).toBe(at('postgres-until-2026-11-28T10-00-00'))
    expect([existsSync(kept), existsSync(at('postgres')), existsSync(at('postgres.new'))]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('loses the copy of a run that was broken off, and never the only one', () => {
    make('postgres', 'postgres.moved')
    expect(removeDraft(at('postgres'))).toBe(true)
    expect(existsSync(at('postgres.moved'))).toBe(false)
    rmSync(at('postgres'), { recursive: true })
    make('postgres.moved')
    expect(removeDraft(at('postgres'))).toBe(false)
    expect(finishReplacing(at('postgres'))).toBe(true)
    expect(existsSync(at('postgres'))).toBe(true)
  })
})
