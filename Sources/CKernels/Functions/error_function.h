// erf x. Included for each kind of processor.
//
// Up to 1 it is x · P(x²); from there 1 − exp(−G(x − 1)), where G approximates −ln(1 − erf x). Both polynomials keep
// their greatest error as small as can be: they are fitted in 50 digits, G's error weighted with 1 − erf.

/// Within 1.3 units in the last place.
HERE double FUNCTION(erf_of)(double x) {
  const double size = magnitude(x), bounded = size > 6 ? 6 : size, z = size < 1 ? x * x : 1;
  double near = 0x1.0626ff03ba1d4p-34;
  near = FUSED(near, z, -0x1.38abff3e936d9p-30);
  near = FUSED(near, z, 0x1.f7b9916ef937dp-27);
  near = FUSED(near, z, -0x1.5f1f3fcbd2572p-23);
  near = FUSED(near, z, 0x1.b9df3036d1457p-20);
  near = FUSED(near, z, -0x1.f4d1e4319a3ccp-17);
  near = FUSED(near, z, 0x1.f9a321e48becbp-14);
  near = FUSED(near, z, -0x1.c02db3db47d6ap-11);
  near = FUSED(near, z, 0x1.565bcd0dbd886p-8);
  near = FUSED(near, z, -0x1.b82ce31284f34p-6);
  near = FUSED(near, z, 0x1.ce2f21a042b34p-4);
  near = FUSED(near, z, -0x1.812746b0379e6p-2);
  near = FUSED(near, z, 0x1.188ef07c8944ap-56);
  const double first = 0x1.20dd750429b6dp0;
  const double product = size * near;
  const double s = bounded - 1;
  double far = -0x1.24492f51c9025p-40;
  far = FUSED(far, s, 0x1.faa496f879484p-36);
  far = FUSED(far, s, -0x1.94b46cee9cae8p-32);
  far = FUSED(far, s, 0x1.897bbcf4fc034p-29);
  far = FUSED(far, s, -0x1.0019ac5bcdc70p-26);
  far = FUSED(far, s, 0x1.bee3f8c226325p-25);
  far = FUSED(far, s, -0x1.a2d862bb00c9bp-24);
  far = FUSED(far, s, -0x1.32e9eb6981f5bp-23);
  far = FUSED(far, s, 0x1.1476e7da12b61p-19);
  far = FUSED(far, s, -0x1.426c2eb7856bep-17);
  far = FUSED(far, s, 0x1.c7a79c6c079b0p-16);
  far = FUSED(far, s, -0x1.b8deaa734a056p-16);
  far = FUSED(far, s, -0x1.f1b388efd2915p-13);
  far = FUSED(far, s, 0x1.033f65adfedcep-9);
  far = FUSED(far, s, -0x1.48c9d3eb09635p-7);
  far = FUSED(far, s, 0x1.5477f09c02e4cp-5);
  far = FUSED(far, s, 0x1.afabc11a295fcp-1);
  far = FUSED(far, s, 0x1.51c9b0006c236p1);
  far = FUSED(far, s, 0x1.d97fbf27aa2a1p0);
  const double complement = FUNCTION(exp_of)(-far);
  return with_sign_of(x, size < 1 ? FUSED(size, first, product) : 1 - complement);
}

HERE double FUNCTION(erf_of_single)(double x) {
  const double size = magnitude(x), bounded = size > 4 ? 4 : size, z = size < 1 ? x * x : 1;
  double near = -0x1.44cebd6105b22p-17;
  near = FUSED(near, z, 0x1.d8b81c5e8392ep-14);
  near = FUSED(near, z, -0x1.bcd7caefa148dp-11);
  near = FUSED(near, z, 0x1.562b181b16c37p-8);
  near = FUSED(near, z, -0x1.b829d8a104524p-6);
  near = FUSED(near, z, 0x1.ce2f09a9a3293p-4);
  near = FUSED(near, z, -0x1.812746681ddeep-2);
  near = FUSED(near, z, 0x1.20dd750406142p0);
  const double s = bounded - 1;
  double far = -0x1.a5139eb0db860p-21;
  far = FUSED(far, s, 0x1.69c0e4be9dd36p-18);
  far = FUSED(far, s, 0x1.d8a4bebd482f5p-18);
  far = FUSED(far, s, -0x1.1a7748c968e52p-12);
  far = FUSED(far, s, 0x1.05c1f6456c803p-9);
  far = FUSED(far, s, -0x1.4903443d333c8p-7);
  far = FUSED(far, s, 0x1.547acd7ab529ep-5);
  far = FUSED(far, s, 0x1.afabbca44edd0p-1);
  far = FUSED(far, s, 0x1.51c9b00abbb84p1);
  far = FUSED(far, s, 0x1.d97fbf278bf3fp0);
  return with_sign_of(x, size < 1 ? size * near : 1 - FUNCTION(exp_single)(-far));
}
