import Autograd
import Foundation
import TestSupport
import Testing

/// What `body` gives with each kind of kernels that this processor can run.
func withEachKernels<Result>(_ body: () throws -> Result) rethrows -> [(ArithmeticKernels, Result)] {
  defer { ArithmeticKernels.useBest() }
  return try ArithmeticKernels.usable.map { kernels in
    #expect(kernels.use())
    return (kernels, try body())
  }
}

/// Products and functions have the bits of their definition with all kernels, on any number of threads.
@Suite(.serialized) struct SameBitsTests {
  /// A product as the article on arithmetic defines it, of matrices in row-major order.
  private func defined<S: FloatingScalar>(
    _ left: ArraySlice<S>, _ right: ArraySlice<S>, rows: Int, inner: Int, columns: Int
  ) -> [S] {
    let (a, b) = (Array(left), Array(right))
    var result: [S] = []
    result.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        var total: S = 0
        for start in stride(from: 0, to: inner, by: 256) {
          var sum: S = 0
          for term in start..<min(start + 256, inner) {
            sum.addProduct(a[row * inner + term], b[term * columns + column])
          }
          total = start == 0 ? sum : total + sum
        }
        result.append(total)
      }
    }
    return result
  }

  /// A batch of matrices in one of the layouts that it may have in memory.
  private func laidOut(_ x: Tensor, _ layout: Int) throws -> Tensor {
    switch layout {
    case 0: x
    case 1: try x.transpose(1, 2).contiguous().transpose(1, 2)
    case 2: try Tensor.stack([x, x], dim: -1).select(dim: -1, index: 1)
    case 3: try Tensor.cat([x, x, x], dim: 2)[.all, .all, x.shape[2]..<2 * x.shape[2]]
    default: try Tensor.cat([x, x], dim: 1).transpose(1, 2).contiguous().transpose(1, 2)[.all, x.shape[1]...]
    }
  }

  private func side(_ generator: inout Generator) -> Int {
    switch generator.below(4) {
    case 0: generator.below(4)
    case 1: 1 + generator.below(40)
    default: 1 + generator.below(300)
    }
  }

  /// How many shapes are tried: few, unless the environment variable `TAPEDECK_SHAPES` asks for more.
  private static let shapes = ProcessInfo.processInfo.environment["TAPEDECK_SHAPES"].flatMap(Int.init) ?? 12

  private func check<S: FloatingScalar & BitPatterned>(
    _ batch: Int, _ rows: Int, _ inner: Int, _ columns: Int, _ generator: inout Generator, _ type: S.Type
  ) throws {
    let a = try Tensor.randn([batch, rows, inner], dtype: S.dtype, generator: &generator)
    let b = try Tensor.randn([batch, inner, columns], dtype: S.dtype, generator: &generator)
    let (left, right) = (a.array(S.self), b.array(S.self))
    var expected: [UInt64] = []
    for index in 0..<batch {
      let ofLeft = left[index * rows * inner..<(index + 1) * rows * inner]
      let ofRight = right[index * inner * columns..<(index + 1) * inner * columns]
      let product = defined(ofLeft, ofRight, rows: rows, inner: inner, columns: columns)
      expected += product.map(\.bits)
    }
    let (first, second) = (
      try laidOut(a, generator.below(5)), try laidOut(b, generator.below(5))
    )
    for threads in [1, nil] as [Int?] {
      let results = try withEachKernels {
        try ExecutionContext(productThreads: ProductThreads(maximum: threads)).run {
          try first.matmul(second).array(S.self).map(\.bits)
        }
      }
      for (kernels, bits) in results {
        #expect(
          bits == expected, "\(batch) of \(rows) × \(inner) × \(columns) with \(kernels)")
      }
    }
  }

  @Test func aProductHasTheBitsOfItsDefinition() throws {
    for trial in 0..<Self.shapes {
      var generator = Generator(seed: UInt64(trial), purpose: .data)
      let (rows, inner, columns) = (side(&generator), side(&generator), side(&generator))
      let batch = trial % 4 == 3 ? 2 : 1
      try check(batch, rows, inner, columns, &generator, Float.self)
      try check(batch, rows, inner, columns, &generator, Double.self)
    }
  }

  /// Tiles have up to 14 rows and two vectors of up to 16 columns, the last of which may be in part.
  @Test(arguments: 1...17) func tilesOfAnySizeHaveTheBitsOfTheDefinition(_ rows: Int) throws {
    var generator = Generator(seed: UInt64(rows), purpose: .data)
    for columns in [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 23, 31, 32, 33, 47, 130] {
      try check(1, rows, 19, columns, &generator, Float.self)
      try check(1, columns, 259, rows, &generator, Float.self)
      try check(1, rows, 19, columns, &generator, Double.self)
    }
  }

  /// A function of one number with the library's in double precision.
  private static var functions: [(name: String, apply: (Tensor) throws -> Tensor, exact: (Double) -> Double)]
  {
    [
      ("exp", { try $0.exp() }, { Foundation.exp($0) }), ("log", { try $0.log() }, { Foundation.log($0) }),
      ("tanh", { try $0.tanh() }, { Foundation.tanh($0) }),
      ("sigmoid", { try $0.sigmoid() }, { 1 / (1 + Foundation.exp(-$0)) }),
      ("pow", { try $0.pow(1.75) }, { Foundation.pow($0, 1.75) }),
    ]
  }

  @Test func functionsHaveTheSameBitsAndAreTheNearestNumbers() throws {
    var generator = Generator(seed: 4)
    let special: [Float] = [0, -0.0, 1, -1, .infinity, -.infinity, .nan, 1e-40, -1e-40, 88.7, -103.9, 3e38]
    let numbers = special + (0..<4_000).map { _ in Float(generator.normal() * 4) }
    let x = Tensor(numbers)
    for (name, apply, exact) in Self.functions {
      let results = try withEachKernels { try apply(x).array(Float.self).map(\.bits) }
      for (kernels, bits) in results { #expect(bits == results[0].1, "\(name) with \(kernels)") }
      let wide = try withEachKernels { try apply(x.to(.float64)).array(Double.self).map(\.bits) }
      for (kernels, bits) in wide { #expect(bits == wide[0].1, "\(name) in float64 with \(kernels)") }
      let far = zip(numbers, results[0].1).filter { number, bits in
        let expected = exact(Double(number))
        guard expected.isFinite, (1e-37...3.4e38).contains(expected.magnitude) else { return false }
        let got = Double(Float(bitPattern: UInt32(bits)))
        return (got - expected).magnitude > 0.51 * Double(Float(expected).ulp)
      }
      #expect(far.isEmpty, "\(name)")
    }
  }

  @Test func lossesAndNormalizationsHaveTheSameBits() throws {
    let results = try withEachKernels {
      var generator = Generator(seed: 8)
      let x = try Tensor.randn([37, 53], generator: &generator).requiringGrad()
      let labels = Tensor((0..<37).map { $0 % 53 })
      let values = [
        try x.crossEntropy(labels, labelSmoothing: 0.1), try x.softmax(dim: 0).square().sum(),
        try x.logSoftmax(dim: 1).mean(), try x.logsumexp(dim: 0).sum(), try x.gelu().sum(),
        try x.silu().sum(), try x.softplus().sum(), try x.layerNorm(normalizedShape: [53]).square().mean(),
        try x.batchNorm().pow(3).mean(), try x.std(dim: 1).sum(), try x.var().sum(),
      ]
      try values.reduce(Tensor(Float(0))) { try $0.add($1) }.backward()
      return (values + [x.grad].compactMap { $0 }).map { $0.array(Float.self).map(\.bits) }
    }
    for (kernels, bits) in results { #expect(bits == results[0].1, "\(kernels)") }
  }
}

/// How far products in float32 are from those in float64.
struct ProductErrorTests {
  /// PyTorch 2.15's root mean square errors on one thread, of the same numbers.
  static let sizes: [([Int], Double)] = [
    ([64, 784, 128], 7.3892e-07), ([64, 128, 64], 1.9841e-07), ([64, 64, 10], 9.0836e-08),
    ([128, 64, 784], 9.6642e-08), ([128, 784, 1024], 7.2158e-07), ([128, 1024, 1024], 8.9138e-07),
    ([1024, 128, 784], 1.9196e-07), ([784, 2000, 128], 1.2597e-06),
  ]

  @Test(arguments: sizes) func theErrorIsNoLargerThanPyTorchs(_ size: [Int], _ pytorch: Double) throws {
    var generator = Generator(seed: 9)
    let half = Tensor(Float(0.5))
    let a = try Tensor.rand([size[0], size[1]], generator: &generator).sub(half)
    let b = try Tensor.rand([size[1], size[2]], generator: &generator).sub(half)
    let exact = try a.to(.float64).matmul(b.to(.float64)).array(Double.self)
    let product = try a.matmul(b).array(Double.self)
    let squares = zip(product, exact).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect((squares / Double(exact.count)).squareRoot() <= pytorch * 1.0001)
  }
}

/// A number with its bits.
protocol BitPatterned {
  /// The bits, in the lower places.
  var bits: UInt64 { get }
}

extension Float: BitPatterned {
  var bits: UInt64 { UInt64(bitPattern) }
}

extension Double: BitPatterned {
  var bits: UInt64 { bitPattern }
}
