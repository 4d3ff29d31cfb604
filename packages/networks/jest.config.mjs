import preset from '../../jest.preset.mjs'

const [[pattern, [transformer, options]]] = Object.entries(preset.transform)

// The .swcrc at the root is for builds: it rewrites import extensions, which Jest must see as they are.
export default {
  ...preset,
  transform: { [pattern]: [transformer, { ...options, swcrc: false }] },
}
