# The public key as a verifier key of C2SP signed-note: <name>+<key id in hex>+<base64 of the type, one byte, and the key>.

locals {
  alphabet = split("", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

  # The first four bytes of the fingerprint, in hex: the first 32 of the 36 bits of six base64 digits.
  key_id = format("%08x", floor(sum([
    for place, digit in split("", substr(aws_s3_object.this.checksum_sha256, 0, 6)) :
    index(local.alphabet, digit) * pow(64, 5 - place)
  ]) / 16))

  # Terraform has no functions for bytes. The key's base64 digits become bytes, the type comes before them, and they become base64
  # digits again.
  key_digits = [for digit in split("", trim(data.aws_kms_public_key.this.public_key, "=")) : index(local.alphabet, digit)]
  key_bytes = [
    for at in range(floor(length(local.key_digits) * 6 / 8)) : floor(
      # The byte is in two digits: 12 bits, of which `at * 8 % 6` come before it.
      (local.key_digits[floor(at * 8 / 6)] * 64 + local.key_digits[floor(at * 8 / 6) + 1])
      / pow(2, 4 - at * 8 % 6)
    ) % 256
  ]
  ecdsa_type     = 2
  material_bytes = concat([local.ecdsa_type], local.key_bytes)
  material = join("", [
    for group in chunklist(local.material_bytes, 3) : join("", [
      for place in range(4) : (
        place > length(group) ? "=" :
        local.alphabet[floor((group[0] * 65536 + try(group[1], 0) * 256 + try(group[2], 0)) / pow(64, 3 - place)) % 64]
      )
    ])
  ])

  vkey = "${var.origin}+${local.key_id}+${local.material}"
}
