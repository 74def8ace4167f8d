import Autograd
import Datasets
import Foundation
import Testing

/// Damaged files give a typed error or a value that keeps its promises; nothing traps.
///
/// `DATASETS_FUZZ_COUNT=100000 swift test -c release --filter FuzzTests` runs as many files a format.
@Suite struct FuzzTests {
  static let count = ProcessInfo.processInfo.environment["DATASETS_FUZZ_COUNT"].flatMap { Int($0) } ?? 2000

  /// Reads damaged copies of the originals in turn, and asks that both outcomes occur.
  func fuzz(_ originals: [[UInt8]], seed: UInt64, read: ([UInt8]) throws -> Void) throws {
    for original in originals { try read(original) }
    var mutator = Mutator(seed: seed)
    var refused = 0
    for index in 0..<Self.count {
      let bytes = mutator.mutate(originals[index % originals.count])
      do {
        try read(bytes)
      } catch is DatasetError {
        refused += 1
      } catch {
        Issue.record("file \(index) of seed \(seed) threw \(error)")
      }
    }
    #expect(refused > Self.count / 10)
    #expect(refused < Self.count)
  }

  @Test func gzip() throws {
    let text = (0..<200).flatMap { Array("line \($0)\n".utf8) }
    try fuzz([gzipped(text), gzipped([]), gzipped(text) + gzipped([1, 2, 3])], seed: 1) { bytes in
      let output = try Gzip.inflate(bytes, limit: 10_000, source: "f")
      #expect(output.count <= 10_000)
      #expect(try Gzip.prefix(of: bytes, count: 16, source: "f") == Array(output.prefix(16)))
    }
  }

  @Test func idxImages() throws {
    let images = idxImageBytes(count: 5, rows: 3, columns: 4)
    try fuzz([images, gzipped(images), idxImageBytes(count: 1, rows: 1, columns: 1)], seed: 2) { bytes in
      let images = try IDXImages(bytes: bytes, source: "f")
      #expect(images.pixels.count == images.count * images.pixelsPerImage)
      #expect(images.image(at: images.count - 1)?.count == images.pixelsPerImage)
    }
  }

  @Test func compressedIDXImages() throws {
    try fuzz([idxImageBytes(count: 5, rows: 3, columns: 4)], seed: 3) { bytes in
      let images = try IDXImages(bytes: gzipped(bytes), source: "f")
      #expect(images.pixels.count == images.count * images.pixelsPerImage)
    }
  }

  @Test func idxLabels() throws {
    let labels = idxLabelBytes([1, 2, 3, 4, 5, 6, 7])
    try fuzz([labels, gzipped(labels)], seed: 4) { bytes in
      let labels = try IDXLabels(bytes: bytes, source: "f")
      #expect(labels.label(at: labels.count - 1) != nil)
    }
  }

  @Test func npy() throws {
    let originals = [
      NpyFixtures.float32C, NpyFixtures.float64Fortran, NpyFixtures.int64Scalar, NpyFixtures.int32BigEndian,
      NpyFixtures.boolean, NpyFixtures.version2, NpyFixtures.version3, NpyFixtures.empty,
    ]
    try fuzz(originals.map { try fixture($0) }, seed: 5) { bytes in
      let array = try NpyFile.read(bytes, source: "f")
      #expect(try NpyFile.read(NpyFile.write(array), source: "f") == array)
      #expect(try array.tensor().elementCount == array.count)
    }
  }

  @Test func safetensors() throws {
    let originals = [
      SafetensorsFixtures.everyType, SafetensorsFixtures.stateDict, SafetensorsFixtures.oddName,
    ]
    try fuzz(originals.map { try fixture($0) }, seed: 6) { bytes in
      let file = try SafetensorsFile(bytes: bytes, source: "f")
      let again = try SafetensorsFile(bytes: file.write(), source: "f")
      #expect(again.entries.count == file.entries.count)
      #expect(again.metadata == file.metadata)
      for entry in file.entries {
        #expect(again[entry.name] == entry.array)
        #expect(try entry.array.tensor().elementCount == entry.array.count)
      }
    }
  }

  @Test(arguments: [
    CSVOptions(), CSVOptions(targetColumn: .named("class")), CSVOptions(target: .values),
    CSVOptions(target: .classesNamed(["0", "1", "a"])),
  ])
  func csv(options: CSVOptions) throws {
    let originals = ["x,y,class\n1,2.5,0\n-3e2,4,1\n", "x,\"y\",class\r\n1,2,0\r\n\r\n\"3\",4,1"]
    try fuzz(originals.map { Array($0.utf8) }, seed: 7) { bytes in
      let table = try CSVFile.read(bytes, source: "f", options: options)
      #expect(table.features.allSatisfy { $0.isFinite })
      #expect(try table.batch(at: Array(0..<table.count)).inputs.shape == [table.count, table.featureCount])
    }
  }

  @Test(arguments: [nil, .drop, .mean] as [TableOptions.Missing?]) func tables(missing: TableOptions.Missing?)
    throws
  {
    let originals = [
      "x,y,kind\n" + flowers, "sep=;\n" + flowers.replacing(",", with: ";").replacing(".", with: ","),
      "\"x\" y \"kind\"\n" + flowers.replacing(",", with: " "),
    ]
    var options = TableOptions()
    options.missing = missing
    try fuzz(originals.map { Array($0.utf8) }, seed: 8) { bytes in
      let table = try PreparedTable(csv: bytes, source: "f", options: options, seed: 1, test: nil)
      let inputs = try table.train.batch(at: Array(0..<table.train.count)).inputs
      #expect(inputs.shape == [table.train.count, table.train.featureCount])
      #expect(inputs.array(Float.self).allSatisfy { !$0.isNaN })
    }
  }
}
