import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_team_roles_and_freezing'),
        ('purchases', '0002_earnings_and_refunds'),
    ]

    operations = [
        migrations.CreateModel(
            name='TopUp',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='top_up', serialize=False, to='people.account')),
                ('below', models.PositiveIntegerField()),
                ('credits', models.PositiveIntegerField()),
                ('most_cents', models.BigIntegerField()),
                ('check_at', models.DateTimeField(null=True)),
                ('paused', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.RemoveField(
            model_name='paymentmethod',
            name='account',
        ),
        migrations.AddField(
            model_name='purchase',
            name='attempt',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='purchase',
            name='automatic',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='purchase',
            name='cause',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='purchase',
            name='fee_cents',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='purchase',
            name='keeps_method',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='purchase',
            name='look_again',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='purchase',
            name='looks',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='purchase',
            name='method_customer',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='purchase',
            name='method_label',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='purchase',
            name='method_token',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='purchase',
            name='page',
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='purchase',
            name='payer_present',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='purchase',
            name='provider',
            field=models.CharField(default='test', max_length=12),
        ),
        migrations.AddField(
            model_name='purchase',
            name='received_cents',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='purchase',
            name='received_currency',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='purchase',
            name='reversal',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='purchase',
            name='reversals',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='purchase',
            name='tax_basis_points',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='purchase',
            name='tax_cents',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='purchase',
            name='tax_name',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name='purchase',
            name='tax_reversed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='purchase',
            name='went_back',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='purchase',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.account'),
        ),
        migrations.AlterField(
            model_name='purchase',
            name='provider_reference',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name='purchase',
            name='status',
            field=models.CharField(choices=[('pending', 'Pending'), ('paid', 'Paid'), ('declined', 'Declined'), ('abandoned', 'Abandoned'), ('mismatched', 'Mismatched'), ('refunding', 'Refunding'), ('refunded', 'Refunded'), ('charged-back', 'charged back')], default='pending', max_length=12),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(condition=models.Q(('look_again__isnull', False)), fields=['look_again'], name='purchase_look_due'),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(fields=['provider_reference'], name='purchase_by_provider'),
        ),
        migrations.AddIndex(
            model_name='topup',
            index=models.Index(condition=models.Q(('check_at__isnull', False)), fields=['check_at'], name='top_up_due'),
        ),
        migrations.DeleteModel(
            name='PaymentMethod',
        ),
    ]
