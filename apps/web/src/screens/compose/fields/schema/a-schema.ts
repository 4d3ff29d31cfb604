const named = (name: string) => ({ label: { en: name, fa: `${name} به فارسی` } })

/** A JSON Schema with a field of every kind, as networks publish theirs. */
export const aSchema = {
  type: 'object',
  properties: {
    visibility: {
      type: 'string',
      enum: ['public', 'unlisted'],
      default: 'public',
      ...named('Visibility'),
      valueLabels: { public: { en: 'Everyone', fa: 'همه' }, unlisted: { en: 'Few', fa: 'کمی' } },
    },
    warning: { type: 'string', maxLength: 20, default: '', ...named('Warning') },
    code: { type: 'string', pattern: '^[a-z]+$' },
    preview: { type: 'boolean', default: true, ...named('Preview') },
    count: {
      type: 'integer',
      minimum: -Number.MAX_SAFE_INTEGER,
      maximum: 1500,
      ...named('Count'),
    },
    poll: {
      type: 'object',
      required: ['options', 'days'],
      ...named('Poll'),
      properties: {
        options: {
          type: 'array',
          minItems: 2,
          maxItems: 4,
          items: { type: 'string', maxLength: 50 },
          ...named('Options'),
        },
        days: { type: 'integer', minimum: 1, ...named('Days') },
        multiple: { type: 'boolean', default: false, ...named('Multiple') },
      },
    },
    card: {
      type: 'object',
      required: ['url'],
      ...named('Card'),
      properties: { url: { type: 'string', format: 'uri', ...named('Address') } },
    },
    place: { anyOf: [{ type: 'string' }, { type: 'object' }], ...named('Place') },
    event: {
      type: 'object',
      required: ['place'],
      ...named('Event'),
      properties: { name: { type: 'string' }, place: { anyOf: [] } },
    },
    tags: { type: 'array', items: { type: 'integer' }, ...named('Tags') },
  },
}
