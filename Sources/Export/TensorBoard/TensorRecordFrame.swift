/// One record of a TFRecord file: its length and its bytes, each followed by a checksum.
///
/// **Source**: <https://www.tensorflow.org/tutorials/load_data/tfrecord>
enum TensorRecordFrame {
  /// The bytes of a record around its contents.
  static func around(_ contents: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(contents.count))
    return length + littleEndian(MaskedChecksum.of(length)) + contents
      + littleEndian(MaskedChecksum.of(contents))
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
