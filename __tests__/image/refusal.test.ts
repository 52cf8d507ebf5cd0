import { expect, test } from "@jest/globals";
import { refusalIn } from "../../src/image/refusal.ts";

const esc = "\u001b";
const load = `${esc}[2J${esc}[01;01HBdsDxe: loading Boot0002 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x4,0x0)\r\n`;
const notFound =
  'BdsDxe: failed to load Boot0001 "UEFI QEMU DVD-ROM" from PciRoot(0x0)/Sata(0x2,0xFFFF,0x0): Not Found';
const denied = 'BdsDxe: failed to load Boot0002 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x4,0x0): Access Denied';

// These are from the consoles of machines whose loader, GRUB or kernel wasn't signed.
test.each([
  [
    "the firmware",
    `${load}${notFound}\r\n${denied}\r\n`,
    `the firmware doesn't start .* \\(${RegExp.escape(denied)}\\)`,
  ],
  [
    "shim",
    `${load}${esc}[03;01H\u00b3   ${esc}[04;01H\u00b3      Verification failed: (0x1A) Security Violation     \u00b3`,
    "shim doesn't start .* \\(Verification failed: \\(0x1A\\) Security Violation\\)",
  ],
  [
    "GRUB",
    `${load}${esc}[0mWelcome to GRUB!\r\n${esc}[0m${esc}[37merror: bad shim signature.\r`,
    "GRUB doesn't start .* \\(bad shim signature\\)",
  ],
])("the message says that it was %s that refused to go on", (_, console, message) => {
  expect(refusalIn(console)).toMatch(RegExp(`^Secure Boot: ${message}$`));
});

test("a loader that isn't there isn't refused, nor is one that starts", () => {
  expect(refusalIn(`${load}${notFound}\r\n${load.replace("loading", "starting")}`)).toBeUndefined();
});
