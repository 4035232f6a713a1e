#!/usr/bin/env node
// Read by Node of any age before anything else: it takes no newer syntax than import().
const NEEDED = 22;
const { node } = process.versions;

if (Number(node.split('.')[0]) < NEEDED) {
  process.stderr.write(`widthwise: needs Node ${NEEDED} or newer, and this is Node ${node}\n`);
  process.exitCode = 2;
} else {
  void import('../dist/cli.js');
}
