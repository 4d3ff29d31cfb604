export const settingsTabs = ['you', 'policy', 'members', 'keys', 'audit'] as const
export type SettingsTab = (typeof settingsTabs)[number]
