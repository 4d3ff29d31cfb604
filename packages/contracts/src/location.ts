import { z } from 'zod'
import { labelled } from './labelled.ts'

/** Where something is: what people call the place, and if it is known, its point on the map (WGS 84, in degrees). */
export const location = labelled(
  z
    .strictObject({
      name: labelled(
        z
          .string()
          .max(200)
          .refine((name) => name.trim() !== '', { error: 'is empty' }),
        {
          label: { en: 'Name of the place', fa: 'نام مکان' },
        },
      ),
      latitude: labelled(z.number().min(-90).max(90).optional(), {
        label: { en: 'Latitude', fa: 'عرض جغرافیایی' },
      }),
      longitude: labelled(z.number().min(-180).max(180).optional(), {
        label: { en: 'Longitude', fa: 'طول جغرافیایی' },
      }),
    })
    .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), {
      error: 'needs both latitude and longitude, or neither',
    }),
  { label: { en: 'location', fa: 'مکان' } },
)
