import { emptyContent } from '@hamava/networks/rules'
import type { Post } from '../../../api/types.ts'

/** A post as the server tells it, for specs. */
export const aPost = (text: string, facts: Partial<Post> = {}): Post => ({
  id: 'post_1',
  workspaceId: 'ws_1',
  authorId: 'mem_1',
  ...emptyContent,
  text,
  campaignId: null,
  tags: [],
  state: 'draft',
  progress: 'unscheduled',
  schedule: null,
  review: null,
  publications: [],
  version: 1,
  createdAt: '2026-11-22T20:30:00.000Z',
  updatedAt: '2026-11-22T20:30:00.000Z',
  ...facts,
})
