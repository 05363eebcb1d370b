/** The compound RTCP packet that a receiver sends (RFC 3550, 6.4.2 and 6.5): a receiver report, and its CNAME. */
import type { ReportBlock } from './reception.ts';

const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const CNAME = 1;

/** @param cname at most 255 bytes; a report without blocks is legal, and what opens firewalls before media come */
export const formatReceiverReport = (ssrc: number, blocks: readonly ReportBlock[], cname: string): Buffer => {
  const report = Buffer.alloc(8 + blocks.length * 24);
  report[0] = 0x80 | blocks.length;
  report[1] = RECEIVER_REPORT;
  report.writeUInt16BE(report.length / 4 - 1, 2);
  report.writeUInt32BE(ssrc, 4);
  blocks.forEach((block, index) => {
    const at = 8 + index * 24;
    report.writeUInt32BE(block.ssrc, at);
    report[at + 4] = block.fractionLost;
    report.writeIntBE(block.lost, at + 5, 3);
    report.writeUInt32BE(block.highestSequence, at + 8);
    report.writeUInt32BE(block.jitter, at + 12);
    report.writeUInt32BE(block.lastSr, at + 16);
    report.writeUInt32BE(block.delaySinceLastSr, at + 20);
  });
  const name = Buffer.from(cname, 'utf8').subarray(0, 255);
  // The list of items ends with at least one zero, and at a boundary of 32 bits.
  const description = Buffer.alloc(8 + Math.ceil((2 + name.length + 1) / 4) * 4);
  description[0] = 0x81;
  description[1] = SOURCE_DESCRIPTION;
  description.writeUInt16BE(description.length / 4 - 1, 2);
  description.writeUInt32BE(ssrc, 4);
  description[8] = CNAME;
  description[9] = name.length;
  name.copy(description, 10);
  return Buffer.concat([report, description]);
};
