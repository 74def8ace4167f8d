/// CRC-32C of bytes, masked as TFRecord files store it.
///
/// **Source**: RFC 3720, appendix B.4, for the polynomial; <https://www.tensorflow.org/tutorials/load_data/tfrecord>
/// for the mask.
package enum MaskedChecksum {
  /// The remainders of all bytes under the Castagnoli polynomial, reflected.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in
      remainder & 1 == 1 ? remainder >> 1 ^ 0x82F6_3B78 : remainder >> 1
    }
  }

  /// The checksum without the mask.
  package static func plain(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { table[Int(($0 ^ UInt32($1)) & 0xff)] ^ $0 >> 8 }
  }

  /// The checksum, rotated right by 15 bits, plus a constant.
  package static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let checksum = plain(bytes)
    return (checksum >> 15 | checksum << 17) &+ 0xa282_ead8
  }
}
