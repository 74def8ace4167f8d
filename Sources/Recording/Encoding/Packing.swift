import Localization

/// How numbers are stored in a recording: one byte for the kind, then the numbers.
///
/// Kind 0: the numbers follow as they are, little-endian. Kind 1, 2, 4 or 8, the size of an element: the first bytes
/// of all elements, then the second ones, and so on; each such plane is preceded by its length in four bytes,
/// little-endian, and is a zlib stream where that is shorter than the plane.
///
/// Neighbouring numbers share exponents, not the ends of their mantissas: only planes that pay are compressed.
package enum Packing {
  /// Why packed numbers cannot be read.
  package struct Defect: Error, Equatable {
    /// What should be there.
    package var expected: String
    /// What is there.
    package var got: String
  }

  /// The numbers as they are.
  package static func raw(_ bytes: [UInt8]) -> [UInt8] { [0] + bytes }

  /// The numbers in planes, or as they are where planes do not pay.
  package static func pack(_ bytes: [UInt8], elementSize: Int) -> [UInt8] {
    let count = bytes.count / max(1, elementSize)
    guard [1, 2, 4, 8].contains(elementSize), count * elementSize == bytes.count, count >= 32 else {
      return raw(bytes)
    }
    var packed: [UInt8] = [UInt8(elementSize)]
    packed.reserveCapacity(bytes.count + 64)
    bytes.withUnsafeBufferPointer { bytes in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { plane in
        for place in 0..<elementSize {
          for index in 0..<count { plane[index] = bytes[index &* elementSize &+ place] }
          let deflated = pays(plane) ? Deflate.compress(UnsafeRawBufferPointer(plane), .runs) : nil
          append(length: deflated?.count ?? count, to: &packed)
          if let deflated {
            packed += deflated
          } else {
            packed += plane
          }
        }
      }
    }
    return packed.count <= bytes.count ? packed : raw(bytes)
  }

  /// The numbers again.
  ///
  /// Nothing is allocated for a size that the packed bytes cannot hold.
  package static func unpack(
    _ packed: [UInt8], elementSize: Int, count: Int
  ) throws(Defect) -> [UInt8] {
    let (size, overflow) = elementSize.multipliedReportingOverflow(by: count)
    guard let kind = packed.first, !overflow, size >= 0 else {
      throw Defect(expected: localized("packed numbers"), got: localized("\(packed.count) bytes"))
    }
    if kind == 0 {
      guard packed.count - 1 == size else {
        throw Defect(expected: localized("\(size) bytes"), got: "\(packed.count - 1)")
      }
      return Array(packed[1...])
    }
    guard Int(kind) == elementSize, count <= Deflate.mostOutput(of: packed.count) else {
      throw Defect(
        expected: localized("\(count) elements of \(elementSize) bytes"),
        got: localized("elements of \(kind) bytes in \(packed.count)"))
    }
    var bytes = [UInt8](repeating: 0, count: size)
    guard spread(packed, into: &bytes, elementSize: elementSize, count: count) else {
      throw Defect(
        expected: localized("\(elementSize) planes of \(count) bytes"),
        got: localized("data that cannot be decompressed"))
    }
    return bytes
  }

  private static func spread(
    _ packed: [UInt8], into bytes: inout [UInt8], elementSize: Int, count: Int
  ) -> Bool {
    packed.withUnsafeBytes { packed in
      bytes.withUnsafeMutableBufferPointer { bytes in
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { plane in
          var start = 1
          for place in 0..<elementSize {
            guard packed.count - start >= 4 else { return false }
            let length = Int(
              UInt32(littleEndian: packed.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
            start += 4
            guard length <= count, packed.count - start >= length else { return false }
            let stored = UnsafeRawBufferPointer(rebasing: packed[start..<start + length])
            start += length
            if length == count {
              for index in 0..<count { bytes[index &* elementSize &+ place] = stored[index] }
            } else {
              guard Deflate.inflate(stored, into: plane) else { return false }
              for index in 0..<count { bytes[index &* elementSize &+ place] = plane[index] }
            }
          }
          return start == packed.count
        }
      }
    }
  }

  /// Whether a plane's bytes are uneven enough for their code to be about half as long, by a sample: what saves less is
  /// not worth the time.
  private static func pays(_ plane: UnsafeMutableBufferPointer<UInt8>) -> Bool {
    let step = max(1, plane.count / 8_192)
    var counts = [Double](repeating: 0, count: 256)
    var total = 0.0
    for index in stride(from: 0, to: plane.count, by: step) {
      counts[Int(plane[index])] += 1
      total += 1
    }
    // The sum of squares approximates the entropy: it is total² ÷ 256 where all bytes are alike, and about `total`
    // more by chance.
    let squares = counts.reduce(0) { $0 + $1 * $1 }
    return squares > total * total / 256 * 16 + total * 1.2
  }

  private static func append(length: Int, to bytes: inout [UInt8]) {
    let value = UInt32(length)
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
