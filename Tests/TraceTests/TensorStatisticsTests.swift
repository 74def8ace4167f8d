import Testing
import Trace

struct TensorStatisticsTests {
  // v = np.array([0.5, -1.25, 0, 3, 0, -0.001], dtype=np.float32); d = v.astype(np.float64)
  // d.min(), d.max(), d.mean(), d.std(), np.linalg.norm(d), (v == 0).sum()
  // -1.25 3.0 0.3748333333254171 1.2890242325992838 3.2882367615486716 2
  @Test func finiteValuesHaveTheStatisticsOfNumPy() {
    let statistics = TensorStatistics([0.5, -1.25, 0, 3, 0, -0.001])
    #expect(statistics.count == 6)
    #expect(statistics.minimum == -1.25)
    #expect(statistics.maximum == 3)
    #expect(statistics.mean == 0.374_833_333_325_417_1)
    #expect(statistics.deviation == 1.289_024_232_599_283_8)
    #expect(statistics.norm == 3.288_236_761_548_671_6)
    #expect(statistics.zeroCount == 2)
    #expect(statistics.zeroShare == Float(2) / 6)
    #expect(statistics.nanCount == 0)
    #expect(statistics.infiniteCount == 0)
  }

  // v = np.array([1, nan, -2, inf, -inf, nan, 4, 0], dtype=np.float32); f = v[np.isfinite(v)].astype(np.float64)
  // f.min(), f.max(), f.mean(), f.std(), np.linalg.norm(f), (f == 0).sum(), np.isnan(v).sum(), np.isinf(v).sum()
  // -2.0 4.0 0.75 2.165063509461097 4.58257569495584 1 2 2
  @Test func valuesThatAreNotFiniteAreCountedAndLeftOut() {
    let statistics = TensorStatistics([1, .nan, -2, .infinity, -.infinity, .nan, 4, 0])
    #expect(statistics.count == 8)
    #expect(statistics.minimum == -2)
    #expect(statistics.maximum == 4)
    #expect(statistics.mean == 0.75)
    #expect(statistics.deviation == 2.165_063_509_461_097)
    #expect(statistics.norm == 4.582_575_694_955_84)
    #expect(statistics.zeroCount == 1)
    #expect(statistics.nanCount == 2)
    #expect(statistics.infiniteCount == 2)
  }

  // v = np.array([999.9, 1000.1, 1000.3, 999.7] * 25_000, dtype=np.float32).astype(np.float64)
  // v.mean(), v.std(), np.linalg.norm(v)
  // 1000.0 0.2235931502906653 316227.77392156445
  @Test func aSmallSpreadAboutALargeMeanIsNotLost() {
    let statistics = TensorStatistics(
      (0..<25_000).flatMap { _ -> [Float] in [999.9, 1000.1, 1000.3, 999.7] })
    #expect(statistics.count == 100_000)
    #expect(statistics.mean == 1000)
    // Sums of squares keep nine digits of the mean here, and so five of the deviation.
    #expect(abs(statistics.deviation - 0.223_593_150_290_665_3) < 1e-5)
    #expect(statistics.norm == 316_227.773_921_564_45)
  }

  // v = np.array([3e38, -3e38, 1e38], dtype=np.float32).astype(np.float64); v.mean(), v.std()
  // 3.3333332267618976e+37 2.494438259409064e+38
  @Test func sumsDoNotOverflowWhereEachValueIsFinite() {
    let statistics = TensorStatistics([3e38, -3e38, 1e38])
    #expect(statistics.mean == 3.333_333_226_761_897_6e37)
    #expect(statistics.deviation == 2.494_438_259_409_064e38)
  }

  // v = np.array([1e-30, 2e-30], dtype=np.float32).astype(np.float64); v.mean(), v.std(), np.linalg.norm(v)
  // 1.5000000047566153e-30 5.000000015855384e-31 2.236067984590533e-30
  @Test func squaresOfTinyValuesDoNotVanish() {
    let statistics = TensorStatistics([1e-30, 2e-30])
    #expect(statistics.mean == 1.500_000_004_756_615_3e-30)
    #expect(statistics.norm == 2.236_067_984_590_533e-30)
    #expect(statistics.zeroCount == 0)
  }

  @Test func equalValuesDeviateByNextToNothing() {
    #expect(TensorStatistics([Float](repeating: 0.1, count: 1_000)).deviation < 1e-15)
  }

  @Test func withoutValuesTheNormIsZeroAndTheRestIsNoNumber() {
    let statistics = TensorStatistics([Float]())
    #expect(statistics.count == 0)
    #expect(statistics.norm == 0)
    #expect(statistics.zeroShare == 0)
    #expect(statistics.mean.isNaN && statistics.minimum.isNaN && statistics.maximum.isNaN)
    #expect(statistics.deviation.isNaN)
  }

  @Test func whereNoValueIsFiniteThereAreOnlyCounts() {
    let statistics = TensorStatistics([Float.nan, .infinity])
    #expect(statistics.count == 2)
    #expect(statistics.nanCount == 1)
    #expect(statistics.infiniteCount == 1)
    #expect(statistics.mean.isNaN && statistics.norm.isNaN && statistics.minimum.isNaN)
  }

  @Test(arguments: [15, 16, 17, 1_003])
  func arraysOfAnyLengthAreMeasuredAlike(_ count: Int) {
    let values = (0..<count).map { index -> Float in
      switch index % 13 {
      case 3: .nan
      case 5: index.isMultiple(of: 2) ? .infinity : -.infinity
      case 7: 0
      default: Float(index * 7919 % 1009 - 500) / 8
      }
    }
    let finite = values.filter(\.isFinite).map(Double.init)
    let mean = finite.reduce(0, +) / Double(finite.count)
    let spread = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let statistics = TensorStatistics(values)
    #expect(statistics.minimum == values.filter(\.isFinite).min())
    #expect(statistics.maximum == values.filter(\.isFinite).max())
    #expect(abs(Double(statistics.mean) - mean) < 1e-5)
    #expect(abs(Double(statistics.deviation) - (spread / Double(finite.count)).squareRoot()) < 1e-5)
    #expect(abs(Double(statistics.norm) - finite.reduce(0) { $0 + $1 * $1 }.squareRoot()) < 1e-3)
    #expect(statistics.zeroCount == values.count { $0 == 0 })
    #expect(statistics.nanCount == values.count(where: \.isNaN))
    #expect(statistics.infiniteCount == values.count(where: \.isInfinite))
  }
}
