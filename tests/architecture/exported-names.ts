import ts from 'typescript'
import type { SourceFile } from './source-files.ts'

/** A name that others see: an export, or a field of an exported type. */
export interface ExportedName {
  /** `Post`, or `Post.text` for a field. */
  name: string
  kind: 'type' | 'value' | 'field'
  path: string
}

/** What a file exports by name, with the fields of its exported types; re-exports are left to their own file. */
export function exportedNames({ path, text }: SourceFile): ExportedName[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return source.statements.filter(isExported).flatMap((statement) => {
    const of = (name: string, kind: ExportedName['kind']) => ({ name, kind, path })
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map((one) => of(one.name.getText(), 'value'))
    }
    if (ts.isFunctionDeclaration(statement)) return [of(statement.name?.text ?? '', 'value')]
    if (
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement)
    ) {
      const name = statement.name?.text ?? ''
      const fields = fieldsOf(statement).map((field) => of(`${name}.${field}`, 'field'))
      return [of(name, 'type'), ...fields]
    }
    return []
  })
}

const isExported = (statement: ts.Statement) =>
  ts.canHaveModifiers(statement) &&
  !!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

/** The members that are no secret of a class, and those of a type written as a literal. */
function fieldsOf(
  statement: ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
): string[] {
  const members = ts.isTypeAliasDeclaration(statement)
    ? literalsIn(statement.type).flatMap(({ members }) => [...members])
    : [...statement.members]
  return members.flatMap((member) => {
    const isPrivate =
      ts.canHaveModifiers(member) &&
      ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)
    return member.name && ts.isIdentifier(member.name) && !isPrivate ? [member.name.text] : []
  })
}

const literalsIn = (type: ts.TypeNode): ts.TypeLiteralNode[] => {
  if (ts.isTypeLiteralNode(type)) return [type]
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type))
    return type.types.flatMap(literalsIn)
  return []
}
