import type { Presence, PresenceInput } from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'

/** Clients report every ten seconds: after one lost report they are still there. */
const thereFor = '25 seconds'

interface Found {
  personId: string
  name: string
  isWriting: boolean
  since: Date
}

/** Who has what open, so that two do not work on the same thing unaware of each other. */
@Injectable()
export class PresenceService {
  constructor(private readonly dataSource: DataSource) {}

  /** Notes what a person does with a thing, and answers who else is there. */
  async note(subjectId: string, personId: string, { doing }: PresenceInput): Promise<Presence> {
    if (doing === 'left') {
      const sql = 'delete from presences where subject_id = $1 and person_id = $2'
      await this.dataSource.query(sql, [subjectId, personId])
    } else {
      await this.dataSource.query(
        `with gone as (delete from presences where seen_at < now() - interval '${thereFor}')
         insert into presences (subject_id, person_id, is_writing) values ($1, $2, $3)
         on conflict (subject_id, person_id) do update
         set is_writing = excluded.is_writing, seen_at = now()`,
        [subjectId, personId, doing === 'writing'],
      )
    }
    return { people: (await this.others(subjectId, personId)).map(show) }
  }

  private others(subjectId: string, personId: string): Promise<Found[]> {
    return this.dataSource.query(
      `select person_id as "personId", name, is_writing as "isWriting", since
       from presences join people on people.id = person_id
       where subject_id = $1 and person_id <> $2 and seen_at > now() - interval '${thereFor}'
       order by since`,
      [subjectId, personId],
    )
  }
}

const show = ({ personId, name, isWriting, since }: Found): Presence['people'][number] => ({
  personId,
  name,
  doing: isWriting ? 'writing' : 'reading',
  since: since.toISOString(),
})
