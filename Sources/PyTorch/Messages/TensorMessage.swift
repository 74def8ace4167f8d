import Arrays
import Localization
import Numbers
import Trace

/// A tensor's numbers, or some of them.
package struct TensorMessage: Sendable {
  struct Header: Decodable {
    var id: Int?
    var step: Int?
    var node: String?
    var view: String?
    var isFocus: Bool?
    var isMissing: Bool?
    var cell: Int?
    var part: String?
    var parts: [String]?
    var shape: [Int]?
    var dtype: String?
    var remark: String?
    var size: [Int]?
    var rows: [Int]?
    var columns: [Int]?
  }

  /// The most further tensors of a node.
  private static let mostParts = 64

  let id: Int?
  let step: Int
  let isFocus: Bool
  /// The numbers; nil where the tensor has none, or is not there yet.
  let snapshot: TensorSnapshot?
  /// Why the values are missing, or what is special about them.
  let remark: String?
  /// The numbers that an explanation begins with; nil for another part of the node.
  let shown: KnownCells?

  init(_ header: Header, _ arrays: ProbeArrays) {
    id = header.id
    step = MomentMessage.bounded(header.step ?? 1, from: 1)
    isFocus = header.isFocus ?? false
    let parts = [header.dtype == "float32" ? nil : header.dtype, header.remark, TensorMessage.part(header)]
    let words = parts.compactMap { $0?.withVisibleControls }
    remark = words.isEmpty ? nil : words.joined(separator: ", ")
    let values = arrays.floats("values")
    guard let node = header.node, header.isMissing != true, let statistics = TensorMessage.statistics(arrays),
      let shape = TensorMessage.shape(header, count: values.count),
      // A picture is scaled by the extremes, which must be those of its values.
      values.allSatisfy({ !$0.isFinite || statistics.minimum <= $0 && $0 <= statistics.maximum })
    else {
      (snapshot, shown) = (nil, nil)
      return
    }
    var snapshot = TensorSnapshot(
      node: node.withVisibleControls, view: header.view.flatMap(TensorView.init) ?? .value, shape: shape,
      values: values, statistics: statistics, remark: remark)
    snapshot.part = header.part?.withVisibleControls
    snapshot.parts = (header.parts ?? []).prefix(TensorMessage.mostParts).map(\.withVisibleControls)
    snapshot.thinning = TensorMessage.thinning(header, arrays)
    self.snapshot = snapshot
    shown = header.part == nil ? TensorMessage.cells(of: snapshot, header, arrays) : nil
  }

  /// The numbers that an explanation begins with: all, or the largest known one of a large tensor.
  private static func cells(
    of snapshot: TensorSnapshot, _ header: Header, _ arrays: ProbeArrays
  ) -> KnownCells {
    let (shape, dtype) = (header.shape ?? [], header.dtype ?? "float32")
    guard snapshot.thinning != nil else {
      return KnownCells(shape: shape, dtype: dtype, values: arrays.doubles("values"))
    }
    guard let place = largest(snapshot.values, isGradient: snapshot.view == .gradient) else {
      return KnownCells(shape: shape, dtype: dtype, cells: [], values: [])
    }
    let columns = max(1, snapshot.matrixSize.columns)
    let cell = snapshot.place(row: place / columns, column: place % columns)
    return KnownCells(shape: shape, dtype: dtype, cells: [cell], values: [arrays.doubles("values")[place]])
  }

  /// The tensor's shape; that of the matrix of what is there where some is left out; nil where the numbers do not fill it.
  private static func shape(_ header: Header, count: Int) -> [Int]? {
    let shape = header.shape ?? []
    guard (shape + (header.size ?? [])).allSatisfy((0...PossibleShape.mostElements).contains) else {
      return nil
    }
    if header.rows == nil, header.columns == nil {
      return PossibleShape.of(shape) == shape && shape.checkedProduct == count ? shape : nil
    }
    guard let size = header.size, size.count == 2 else { return nil }
    let (rows, columns) = (header.rows?.count ?? size[0], header.columns?.count ?? size[1])
    let (product, overflows) = rows.multipliedReportingOverflow(by: columns)
    guard !overflows, product == count else { return nil }
    guard let slices = slices(header) else { return [rows, columns] }
    return [slices.count, shape[shape.count - 2], columns]
  }

  /// Which rows and columns of a large tensor are there; nil where all are.
  private static func thinning(_ header: Header, _ arrays: ProbeArrays) -> TensorSnapshot.Thinning? {
    guard header.rows != nil || header.columns != nil, let size = header.size, size.count == 2,
      let shape = header.shape, PossibleShape.of(shape) == shape
    else { return nil }
    let (rows, columns) = (header.rows ?? Array(0..<size[0]), header.columns ?? Array(0..<size[1]))
    guard rows.allSatisfy((0..<max(1, size[0])).contains), columns.allSatisfy((0..<max(1, size[1])).contains)
    else { return nil }
    var thinning = TensorSnapshot.Thinning(shape: shape, rows: rows, columns: columns)
    if let place = header.cell, let value = arrays.floats("cell").first, place >= 0 {
      thinning.asked = TensorSnapshot.Thinning.Asked(place: place, value: value)
    }
    return thinning
  }

  /// The numbers of the matrices that are there where all rows and columns of each are; nil where they are not.
  private static func slices(_ header: Header) -> [Int]? {
    guard let shape = header.shape, shape.count > 2, header.columns == nil, let rows = header.rows
    else { return nil }
    let height = shape[shape.count - 2]
    guard height > 0, rows.count >= height, rows.count.isMultiple(of: height),
      rows.allSatisfy((0...PossibleShape.mostElements).contains)
    else { return nil }
    let slices = stride(from: 0, to: rows.count, by: height).map { rows[$0] / height }
    let whole = slices.lazy.flatMap { slice in (0..<height).lazy.map { slice * height + $0 } }
    return whole.elementsEqual(rows) ? slices : nil
  }

  /// The place of the largest known number; in a gradient, of the one farthest from 0. NaN comes before all others.
  private static func largest(_ values: [Float], isGradient: Bool) -> Int? {
    func rank(_ value: Float) -> Float { value.isNaN ? .infinity : isGradient ? abs(value) : value }
    return values.indices.max { rank(values[$0]) < rank(values[$1]) }
  }

  /// Which part of a large tensor was sent, in words.
  private static func part(_ header: Header) -> String? {
    guard header.rows != nil || header.columns != nil, let size = header.size, size.count == 2 else {
      return nil
    }
    if let slices = slices(header), let height = header.shape?.dropLast().last {
      return localized(
        "\(NumberText.grouped(slices.count)) of \(NumberText.grouped(size[0] / height)) slices")
    }
    let rows = NumberText.grouped(header.rows?.count ?? size[0])
    let columns = NumberText.grouped(header.columns?.count ?? size[1])
    return localized(
      "\(rows) of \(NumberText.grouped(size[0])) rows, \(columns) of \(NumberText.grouped(size[1])) columns")
  }

  private static func statistics(_ arrays: ProbeArrays) -> TensorStatistics? {
    let numbers = arrays.doubles("statistics")
    guard numbers.count == 9 else { return nil }
    func count(_ place: Int) -> Int { MomentMessage.bounded(Int(exactly: numbers[place]) ?? 0, from: 0) }
    var statistics = TensorStatistics([])
    statistics.count = count(0)
    statistics.minimum = Float(numbers[1])
    statistics.maximum = Float(numbers[2])
    statistics.mean = Float(numbers[3])
    statistics.deviation = Float(numbers[4])
    statistics.norm = Float(numbers[5])
    statistics.zeroCount = count(6)
    statistics.nanCount = count(7)
    statistics.infiniteCount = count(8)
    return statistics
  }
}
