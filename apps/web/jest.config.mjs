import preset from '../../jest.preset.mjs'

/** Without the condition `source`, under which React Aria's packages mean something else. */
export default {
  ...preset,
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons'] },
}
