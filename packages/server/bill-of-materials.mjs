/**
 * A CycloneDX 1.6 bill of materials: what a product is made of, as its bundles say.
 *
 * @param product `{name, version, license}` of its manifest
 * @param parts of `bundledParts`
 * @param contained components of the bill of a product that is in this one
 */
export function billOfMaterials({ name, version, license }, parts, contained = []) {
  const component = { type: 'application', 'bom-ref': name, name, version, licenses: licensesOf(license) };
  const own = parts.map((part) => ({
    type: 'library',
    'bom-ref': part.purl ?? part.name,
    name: part.name,
    ...(part.version !== null && { version: part.version }),
    licenses: licensesOf(part.license),
    ...(part.purl !== null && { purl: part.purl }),
    ...(part.sha256 !== null && { hashes: [{ alg: 'SHA-256', content: part.sha256 }] }),
  }));
  const refs = new Set(own.map((each) => each['bom-ref']));
  const components = [...own, ...contained.filter((each) => !refs.has(each['bom-ref']))];
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component },
    components,
    dependencies: [{ ref: name, dependsOn: components.map((each) => each['bom-ref']) }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function licensesOf(license) {
  return /[ (]/.test(license) ? [{ expression: license }] : [{ license: { id: license } }];
}
