import Arrays
import Localization

extension SafetensorsFile {
  /// The whole file, byte for byte as the reference implementation writes it.
  ///
  /// Tensors are sorted by descending alignment, then by name; metadata keys are in alphabetical order.
  ///
  /// - Returns: The file's bytes.
  /// - Throws: `DatasetError.invalidArgument` if two arrays share a name, or one is called `__metadata__`.
  public func write() throws(DatasetError) -> [UInt8] {
    var names: Set<[UInt8]> = [Array(SafetensorsHeader.metadataKey.utf8)]
    for entry in entries {
      guard names.insert(Array(entry.name.utf8)).inserted else {
        throw .invalidArgument(
          name: "entries", expected: localized("a name of its own for each tensor"),
          got: localized("\(entry.name) twice"))
      }
    }
    let ordered = entries.sorted { left, right in
      let (leftRank, rightRank) = (rank(left.array.elementType), rank(right.array.elementType))
      return leftRank == rightRank
        ? left.name.utf8.lexicographicallyPrecedes(right.name.utf8) : leftRank > rightRank
    }
    var header = Array(headerText(ordered).utf8)
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
    var file = (0..<SafetensorsHeader.lengthSize).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    file.reserveCapacity(file.count + header.count + ordered.reduce(0) { $0 + $1.array.bytes.count })
    file += header
    for entry in ordered {
      file +=
        ByteOrder.native == .little
        ? entry.array.bytes
        : ElementBytes.swapped(entry.array.bytes, size: entry.array.elementType.byteCount)
    }
    return file
  }

  /// A type's place in the format's order of types.
  private func rank(_ type: ElementType) -> Int { ElementType.allCases.firstIndex(of: type) ?? 0 }

  private func headerText(_ ordered: [NamedArray]) -> String {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\(JSONCursor.quoted($0.key)):\(JSONCursor.quoted($0.value))" }
      members.append("\"\(SafetensorsHeader.metadataKey)\":{\(pairs.joined(separator: ","))}")
    }
    var offset = 0
    for entry in ordered {
      let end = offset + entry.array.bytes.count
      let type = entry.array.elementType.safetensorsName
      let shape = entry.array.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(JSONCursor.quoted(entry.name)):"
          + "{\"dtype\":\"\(type)\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    return "{\(members.joined(separator: ","))}"
  }
}
