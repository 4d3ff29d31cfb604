import { emptyContent } from '@hamava/networks/rules'
import { describe, expect, it } from '@jest/globals'
import { Problem, Unreachable } from '../../../api/problem.ts'
import type { Post, PostEdit } from '../../../api/types.ts'
import { aPost } from '../draft/a-post.ts'
import { emptyDraft, withPart } from '../draft/draft.ts'
import { type EditorContent, PostSync } from './post-sync.ts'

/** A server that keeps one post, and loses answers when it is told to. */
function aServer() {
  const made = new Map<string, Post>()
  const done = new Map<string, Post>()
  const asked: string[] = []
  let lost = 0
  let stored: Post | null = null
  const answer = <T>(value: T): Promise<T> => {
    if (lost === 0) return Promise.resolve(value)
    lost -= 1
    return Promise.reject(new Unreachable('the answer was lost'))
  }
  return {
    asked,
    posts: () => new Set([...made.values()].map(({ id }) => id)).size,
    stored: () => stored,
    loseAnswers: (count: number) => {
      lost = count
    },
    server: {
      make: async ({ key, content }: { key: string; content: { text: string } }) => {
        asked.push(`make ${content.text}`)
        const post = made.get(key) ?? aPost(content.text, { id: `post_${made.size + 1}` })
        made.set(key, post)
        stored = post
        return answer(post)
      },
      change: async ({ version }: Post, change: PostEdit, key: string) => {
        asked.push(`change ${version} ${Object.keys(change).join()}`)
        const earlier = done.get(key)
        if (earlier) return answer(earlier)
        if (stored?.version !== version) throw new Problem(412, { code: 'stale' })
        const { schedule, text = stored.text } = change
        const planned = schedule ? aPost('').schedule : null
        stored = { ...stored, text, schedule: planned, version: version + 1 }
        done.set(key, stored)
        return answer(stored)
      },
      remove: async ({ id }: Post) => {
        asked.push(`remove ${id}`)
        stored = null
      },
    },
  }
}

function anEditor(text: string) {
  const draft = emptyDraft('2026-11-22T20:30', 'Asia/Tehran')
  const write = (next: string): EditorContent['draft'] =>
    withPart(draft, draft.parts[0].key, { text: next })
  const held: EditorContent = { base: null, pendingCreate: null, draft: write(text) }
  return {
    held,
    write: (next: string) => {
      held.draft = write(next)
    },
    holder: {
      now: () => held,
      note: (change: Partial<EditorContent>) => void Object.assign(held, change),
    },
  }
}

/** The fields of a whole content. */
const all = Object.keys(emptyContent).join()

describe('the line to the server', () => {
  it('makes a new post once, though the answer is lost and more was written since', async () => {
    const { server, asked, posts, stored, loseAnswers } = aServer()
    const { holder, write, held } = anEditor('یک')
    loseAnswers(1)
    await expect(new PostSync(server, holder).save()).rejects.toThrow('lost')
    write('یک و دو')
    // As after a reload: what was asked for is known, the line is another.
    await new PostSync(server, holder).save()
    expect(asked).toEqual(['make یک', 'make یک', `change 1 ${all}`])
    expect([posts(), stored()?.text, held.pendingCreate]).toEqual([1, 'یک و دو', null])
  })

  it('sends it once, when the answer is lost and somebody presses again', async () => {
    const { server, asked, loseAnswers, stored } = aServer()
    const { holder } = anEditor('یک')
    const line = new PostSync(server, holder)
    await line.save()
    loseAnswers(1)
    await expect(line.finish()).rejects.toThrow('lost')
    await line.finish()
    expect(asked.slice(1)).toEqual(['change 1 schedule', 'change 1 schedule'])
    expect(stored()?.version).toBe(2)
  })

  it('asks one after the other, each with the version and the words of its time', async () => {
    const { server, asked, stored } = aServer()
    const { holder, write } = anEditor('یک')
    const line = new PostSync(server, holder)
    const first = line.save()
    write('دو')
    const second = line.save()
    write('سه')
    await Promise.all([first, second, line.finish()])
    write('چهار')
    await line.save()
    expect(asked).toEqual(['make سه', 'change 1 schedule', `change 2 ${all}`])
    expect(stored()).toMatchObject({ text: 'چهار', version: 3 })
  })

  it('makes it anew under another key when it was refused', async () => {
    const { server, posts } = aServer()
    const { holder, held } = anEditor('یک')
    const refusing = {
      ...server,
      make: () => Promise.reject(new Problem(422, { code: 'invalid_input' })),
    }
    await expect(new PostSync(refusing, holder).save()).rejects.toThrow(Problem)
    expect(held.pendingCreate).toBeNull()
    await new PostSync(server, holder).save()
    expect(posts()).toBe(1)
  })

  it('throws away what was made, though nobody heard that it was', async () => {
    const { server, asked, stored, loseAnswers } = aServer()
    const { holder } = anEditor('یک')
    const line = new PostSync(server, holder)
    loseAnswers(1)
    await expect(line.save()).rejects.toThrow('lost')
    await line.discard()
    expect(asked.at(-1)).toBe('remove post_1')
    expect(stored()).toBeNull()
  })
})
